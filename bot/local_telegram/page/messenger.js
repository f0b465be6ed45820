// The page's one state and what changes it: people, the open chat, presses that wait, events from the server.

import * as api from "./api.js";
import { followServer } from "./live.js";
import { PersonaList, avatar, fullName, languageName } from "./personas.js";
import { Presses } from "./presses.js";

/**
 * @typedef {import("./api.js").Person} Person
 * @typedef {{
 *   composer: import("./composer.js").Composer, transcript: import("./transcript.js").Transcript,
 *   calls: import("./calls.js").CallLog, notices: import("./notices.js").Notices,
 *   clock: import("./clock.js").DemoClock, head: import("./chat_head.js").ChatHead
 * }} Views
 */

export class Messenger {
  /** @type {Views | null} */
  #views = null;
  /** @type {PersonaList | null} */
  #people = null;
  /** @type {api.Bot} */
  #bot = { id: 0, first_name: "", username: "", description: "", short_description: "" };
  /** @type {Map<number, Person>} */
  #persons = new Map();
  #active = 0;
  /** Which conversation the transcript shows; 0 before the first. */
  #shown = 0;
  /** What the bot says of itself in this person's language, before the first message. */
  #description = "";
  /** Counts requests for a conversation: an answer that was overtaken is dropped. */
  #turn = 0;
  /** @type {Map<number, number>} what the server still counts as unread though it was on the screen */
  #seen = new Map();
  /** Whether a conversation is on its way; what happens in it meanwhile is shown after it. */
  #loading = false;
  /** @type {(() => void)[]} */
  #meanwhile = [];
  #presses = new Presses(
    (press, pending) => {
      if (press.chat === this.#shown) this.#views?.transcript.setPending(press.messageId, press.data, pending);
    },
    (answer) => this.#showAnswer(answer),
  );

  get bot() {
    return this.#bot;
  }

  /**
   * @param {Views} views
   * @param {PersonaList} people
   * @param {(state: "connecting" | "live" | "lost") => void} connectionChanged
   */
  start(views, people, connectionChanged) {
    this.#views = views;
    this.#people = people;
    window.addEventListener("hashchange", () => this.choose(Number(location.hash.slice(1))));
    followServer("/local/events", this.#listeners(), () => void this.#reload(), connectionChanged);
  }

  /** @param {number} chat */
  nameOf(chat) {
    return this.#persons.get(chat)?.first_name ?? String(chat);
  }

  /** Becomes this person. @param {number} id */
  choose(id) {
    if (id === this.#active || !this.#persons.has(id)) return;
    // Asking for a chat marks it as read, which is true of the one that is being left.
    if (this.#persons.get(this.#active)?.unread) void api.fetchChat(this.#active).catch(() => undefined);
    this.#active = id;
    history.replaceState(null, "", `#${id}`);
    this.#drawPeople();
    void this.#openChat();
  }

  /** @param {string} text */
  async sendText(text) {
    await this.#try(api.sendText(this.#active, text));
  }

  /** @param {File} file @param {string} caption */
  async sendFile(file, caption) {
    await this.#try(api.sendFile(this.#active, file, caption));
  }

  /** @param {string} payload */
  openDeepLink(payload) {
    this.#try(api.openDeepLink(this.#active, payload)).catch(() => undefined);
  }

  /** Blocks the bot, or lets it write again. */
  toggleBlock() {
    const blocked = this.#persons.get(this.#active)?.blocked ?? false;
    this.#try(api.setBlocked(this.#active, !blocked)).catch(() => undefined);
  }

  /** @param {number} messageId @param {string} data */
  press(messageId, data) {
    const chat = this.#shown;
    void this.#presses.start(chat, messageId, data, () => this.#try(api.pressButton(chat, messageId, data)));
  }

  /** @param {number} messageId @param {string} data */
  isPending(messageId, data) {
    return this.#presses.isPending(this.#active, messageId, data);
  }

  /**
   * Runs a request and shows its refusal.
   *
   * @template T
   * @param {Promise<T>} request
   * @returns {Promise<T>}
   */
  async #try(request) {
    try {
      return await request;
    } catch (error) {
      this.#views?.notices.toast(error instanceof Error ? error.message : String(error), "trouble");
      throw error;
    }
  }

  /** Asks for everything: at start, and whenever the connection was opened anew. */
  async #reload() {
    const views = /** @type {Views} */ (this.#views);
    try {
      const state = await api.fetchState();
      views.clock.set(state.now);
      for (const words of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".set-back"))) words.hidden = !state.event_clock;
      const way = Date.parse(state.now) > Date.now() ? "ahead" : "back";
      for (const word of document.querySelectorAll(".set-way")) word.textContent = way;
      this.#bot = state.bot;
      this.#persons = new Map(state.people.map((person) => [person.id, person]));
      for (const person of state.people) this.#forgetRead(person);
      if (!this.#persons.has(this.#active)) {
        const asked = Number(location.hash.slice(1));
        this.#active = this.#persons.has(asked) ? asked : (state.people[0]?.id ?? 0);
      }
      this.#drawPeople();
      await Promise.all([this.#openChat(), views.calls.load()]);
    } catch (error) {
      views.notices.toast(error instanceof Error ? error.message : String(error), "trouble");
    }
  }

  async #openChat() {
    const views = /** @type {Views} */ (this.#views);
    const person = this.#persons.get(this.#active);
    if (!person) return;
    const turn = (this.#turn += 1);
    if (this.#shown !== person.id) {
      views.composer.open(person.id);
      views.head.typing(null);
    }
    this.#loading = true;
    this.#meanwhile = [];
    const chat = await this.#try(api.fetchChat(person.id)).catch(() => null);
    if (turn !== this.#turn) return;
    this.#loading = false;
    if (!chat) return;
    if (this.#shown === person.id) views.transcript.sync(chat.messages);
    else views.transcript.show(chat.messages, person.language_code);
    const opened = this.#shown !== person.id;
    this.#shown = person.id;
    this.#description = chat.description || this.#bot.description || this.#bot.short_description;
    views.composer.commands = chat.commands;
    for (const show of this.#meanwhile.splice(0)) show();
    this.#drawChat();
    if (opened && chat.blocked) views.transcript.notice(this.#blockWords(true));
  }

  /** @param {boolean} blocked */
  #blockWords(blocked) {
    const name = this.#bot.first_name;
    return blocked ? `You blocked ${name}. It cannot write to you until you unblock it.` : `You unblocked ${name}. It can write to you again.`;
  }

  /** The server counts afresh once a chat was read, or when it was restarted. @param {Person} person */
  #forgetRead(person) {
    if (person.unread < (this.#seen.get(person.id) ?? 0)) this.#seen.delete(person.id);
  }

  #drawPeople() {
    const person = this.#persons.get(this.#active);
    if (person) this.#seen.set(person.id, person.unread);
    this.#people?.draw([...this.#persons.values()], this.#active, (one) => Math.max(0, one.unread - (this.#seen.get(one.id) ?? 0)));
    this.#drawChat();
  }

  #drawChat() {
    const person = this.#persons.get(this.#active);
    if (!person || !this.#views) return;
    this.#views.head.draw({
      bot: this.#bot, avatar: avatar(this.#bot), person, name: fullName(person), language: languageName(person),
      description: this.#description,
      empty: this.#shown === person.id && this.#views.transcript.size === 0,
    });
  }

  /** @returns {import("./live.js").Listeners} */
  #listeners() {
    const views = /** @type {Views} */ (this.#views);
    /**
     * Wraps what shows an event of a chat: at once if the chat is on the screen, and once more on top of a
     * conversation that was asked for before the event and arrives after it.
     *
     * @template {{chat_id: number}} E
     * @param {(event: E) => void} show
     * @returns {(event: E) => void}
     */
    const inChat = (show) => (event) => {
      if (event.chat_id === this.#shown) show(event);
      if (this.#loading && event.chat_id === this.#active) this.#meanwhile.push(() => show(event));
    };
    return {
      message: inChat((event) => {
        if (event.message.from?.is_bot) views.head.typing(null);
        views.transcript.add(event.message);
        this.#drawChat();
      }),
      edit: inChat((event) => views.transcript.edit(event.message)),
      delete: inChat((event) => {
        views.transcript.remove(event.message_id);
        this.#drawChat();
      }),
      action: inChat((event) => views.head.typing(event.action)),
      callback_answer: (answer) => this.#presses.answer(answer),
      commands: (event) => {
        if (event.chat_id !== this.#shown) return;
        void api.fetchChat(event.chat_id).then((chat) => {
          if (event.chat_id === this.#shown) views.composer.commands = chat.commands;
        });
      },
      person: (person) => {
        const before = this.#persons.get(person.id);
        this.#persons.set(person.id, person);
        this.#forgetRead(person);
        this.#drawPeople();
        if (before && before.blocked !== person.blocked && person.id === this.#shown) {
          views.transcript.notice(this.#blockWords(person.blocked));
        }
      },
      call: (call) => views.calls.add(call),
      reload: () => void this.#reload(),
    };
  }

  /** @param {import("./presses.js").Answer} answer */
  #showAnswer(answer) {
    if (answer.chat_id !== this.#active) return;
    const words = [answer.text, answer.url].filter(Boolean).join("\n");
    if (!words) return;
    if (answer.show_alert) this.#views?.notices.alert(this.#bot.first_name, words);
    else this.#views?.notices.toast(words);
  }
}
