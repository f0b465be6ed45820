// Puts the page together.

import { CallLog } from "./calls.js";
import { ChatHead } from "./chat_head.js";
import { DemoClock, inViewersZone, showClock } from "./clock.js";
import { Composer } from "./composer.js";
import { byId, formatSize } from "./dom.js";
import { placeIcons } from "./icons.js";
import { Messenger } from "./messenger.js";
import { Notices } from "./notices.js";
import { actionMenu, sidePanel } from "./panels.js";
import { PersonaList } from "./personas.js";
import { themeButton } from "./theme.js";
import { Transcript } from "./transcript.js";

/** @type {Record<"connecting" | "live" | "lost", string>} */
const CONNECTION = { connecting: "Connecting…", live: "Connected", lost: "Reconnecting…" };

placeIcons();
themeButton(byId("theme"));

const clock = new DemoClock();
const notices = new Notices(byId("toasts"), /** @type {HTMLDialogElement} */ (byId("alert")));
const messenger = new Messenger();

const send = (/** @type {string} */ text) => void messenger.sendText(text).catch(() => undefined);

const transcript = new Transcript(
  {
    scroller: byId("transcript"), list: byId("messages"),
    jump: /** @type {HTMLButtonElement} */ (byId("jump")), earlier: /** @type {HTMLButtonElement} */ (byId("earlier")),
  },
  {
    command: send,
    moment: (unix) => notices.toast(inViewersZone(unix)),
    deepLink: (payload) => messenger.openDeepLink(payload),
    press: (messageId, data) => messenger.press(messageId, data),
    isPending: (messageId, data) => messenger.isPending(messageId, data),
    copy: (text) => void navigator.clipboard.writeText(text).then(
      () => notices.toast("Copied"),
      () => notices.alert("To copy", text),
    ),
    time: (unix) => clock.time(unix),
    get botName() {
      return messenger.bot.first_name;
    },
    get botUsername() {
      return messenger.bot.username;
    },
  },
  (unix) => ({ key: clock.day(unix), name: clock.dayName(unix) }),
);

const composer = new Composer(
  {
    form: /** @type {HTMLFormElement} */ (byId("composer")),
    text: /** @type {HTMLTextAreaElement} */ (byId("text")),
    send: /** @type {HTMLButtonElement} */ (byId("send")),
    menu: /** @type {HTMLButtonElement} */ (byId("commands-button")),
    attach: /** @type {HTMLButtonElement} */ (byId("attach")),
    file: /** @type {HTMLInputElement} */ (byId("file")),
    chosen: byId("chosen"),
    commands: byId("commands"),
    dropArea: byId("chat"),
  },
  {
    text: (text) => messenger.sendText(text),
    file: (file, caption) => messenger.sendFile(file, caption),
    tooLarge: (file) => notices.toast(`${file.name} has ${formatSize(file.size)}; a bot can take 20 MB at most.`, "trouble"),
  },
);

const head = new ChatHead({
  avatar: byId("bot-avatar"), title: byId("bot-name"), subtitle: byId("subtitle"), typing: byId("typing"),
  transcript: byId("transcript"), intro: byId("intro"), introTitle: byId("intro-title"), introWords: byId("intro-words"),
  composer: byId("composer"), blockedBar: byId("blocked"), unblock: byId("unblock"), block: byId("block-words"),
});

const calls = new CallLog(
  {
    body: byId("calls-body"), summary: byId("calls-summary"), table: byId("calls-table"),
    onlyTrouble: /** @type {HTMLInputElement} */ (byId("only-trouble")),
  },
  (chat) => messenger.nameOf(chat),
);

const peoplePanel = sidePanel(byId("people"), [byId("people-button")]);
sidePanel(byId("calls"), [byId("calls-button"), byId("calls-close")], { collapses: true });
actionMenu(byId("chat-menu-button"), byId("chat-menu"));

const people = new PersonaList(byId("people-list"), /** @type {HTMLButtonElement} */ (byId("people-button")), (id) => {
  peoplePanel.close();
  messenger.choose(id);
});

byId("start").addEventListener("click", () => {
  send("/start");
  composer.focus();
});
byId("unblock").addEventListener("click", () => messenger.toggleBlock());
byId("block").addEventListener("click", () => messenger.toggleBlock());

messenger.start({ composer, transcript, calls, notices, clock, head }, people, (state) => {
  document.body.dataset.connection = state;
  byId("connection-words").textContent = CONNECTION[state];
});
showClock(clock, byId("clock"));
