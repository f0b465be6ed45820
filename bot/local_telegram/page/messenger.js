// The page's one state and what changes it: people, the open chat, presses that wait, events from the server.

import * as api from "./api.js";
import { followServer } from "./live.js";
import { PersonaList, avatar, fullName, languageName } from "./personas.js";

/**
 * @typedef {import("./api.js").Person} Person
 * @typedef {{
 *   composer: import("./composer.js").Composer, transcript: import("./transcript.js").Transcript,
 *   calls: import("./calls.js").CallLog, notices: import("./notices.js").Notices,
 *   clock: import("./clock.js").DemoClock, head: import("./chat_head.js").ChatHead
 * }} Views
 * @typedef {{chat_id: number, callback_query_id: string, text?: string, show_alert?: boolean, url?: string}} Answer
 */

/** How many answers may wait for their press's response. */
const EARLY_ANSWERS = 50;
/** A press that nobody answers stops spinning after this long, as on a phone. */
const PRESS_PATIENCE = 30_000;

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
  /** @type {Map<string, {queryId: string | null, timer: number}>} presses without an answer, by chat, message, data */
  #presses = new Map();
  /** @type {Map<string, Answer>} answers that came before the press's own response, or to another tab's press */
  #early = new Map();

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
  async press(messageId, data) {
    const chat = this.#active;
    const key = `${chat}:${messageId}:${data}`;
    if (this.#presses.has(key)) return;
    const timer = window.setTimeout(() => this.#settlePress(key), PRESS_PATIENCE);
    this.#presses.set(key, { queryId: null, timer });
    this.#views?.transcript.setPending(messageId, data, true);
    try {
      const { callback_query_id: queryId } = await this.#try(api.pressButton(chat, messageId, data));
      const press = this.#presses.get(key);
      if (press) press.queryId = queryId;
      const early = this.#early.get(queryId);
      if (early) this.#answered(early);
    } catch {
      this.#settlePress(key);
    }
  }

  /** @param {number} messageId @param {string} data */
  isPending(messageId, data) {
    return this.#presses.has(`${this.#active}:${messageId}:${data}`);
  }

  /** @param {string} key */
  #settlePress(key) {
    const press = this.#presses.get(key);
    if (!press) return;
    clearTimeout(press.timer);
    this.#presses.delete(key);
    const [chat, messageId] = key.split(":", 2).map(Number);
    if (chat === this.#active) this.#views?.transcript.setPending(messageId, key.split(":").slice(2).join(":"), false);
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
    const chat = await this.#try(api.fetchChat(person.id));
    if (turn !== this.#turn) return;
    if (this.#shown === person.id) views.transcript.sync(chat.messages);
    else views.transcript.show(chat.messages, person.language_code);
    const opened = this.#shown !== person.id;
    this.#shown = person.id;
    this.#description = chat.description || this.#bot.description || this.#bot.short_description;
    views.composer.commands = chat.commands;
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
    const here = (/** @type {{chat_id: number}} */ event) => event.chat_id === this.#shown;
    return {
      message: (event) => {
        if (!here(event)) return;
        if (event.message.from?.is_bot) views.head.typing(null);
        views.transcript.add(event.message);
        this.#drawChat();
      },
      edit: (event) => {
        if (here(event)) views.transcript.edit(event.message);
      },
      delete: (event) => {
        if (!here(event)) return;
        views.transcript.remove(event.message_id);
        this.#drawChat();
      },
      action: (event) => {
        if (here(event)) views.head.typing(event.action);
      },
      callback_answer: (event) => this.#answered(event),
      commands: (event) => {
        if (!here(event)) return;
        void api.fetchChat(event.chat_id).then((chat) => {
          if (here(event)) views.composer.commands = chat.commands;
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

  /** An answer shows where the button was pressed, and only there. @param {Answer} answer */
  #answered(answer) {
    const found = [...this.#presses].find(([, press]) => press.queryId === answer.callback_query_id);
    if (!found) {
      this.#early.set(answer.callback_query_id, answer);
      const [oldest] = this.#early.keys();
      if (this.#early.size > EARLY_ANSWERS) this.#early.delete(oldest);
      return;
    }
    this.#early.delete(answer.callback_query_id);
    this.#settlePress(found[0]);
    if (answer.chat_id !== this.#active) return;
    const words = [answer.text, answer.url].filter(Boolean).join("\n");
    if (!words) return;
    if (answer.show_alert) this.#views?.notices.alert(this.#bot.first_name, words);
    else this.#views?.notices.toast(words);
  }
}
