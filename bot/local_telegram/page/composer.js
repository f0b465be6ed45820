// Where the person writes: text, commands, one file with a caption; a draft for each person.

import { append, formatSize, h } from "./dom.js";
import { CommandMenu } from "./command_menu.js";
import { icon } from "./icons.js";

/** @typedef {import("./api.js").Command} Command */
/**
 * @typedef {{
 *   form: HTMLFormElement, text: HTMLTextAreaElement, send: HTMLButtonElement, menu: HTMLButtonElement,
 *   attach: HTMLButtonElement, file: HTMLInputElement, chosen: HTMLElement, commands: HTMLElement, dropArea: HTMLElement
 * }} Parts
 * @typedef {{text: (text: string) => Promise<void>, file: (file: File, caption: string) => Promise<void>, tooLarge: (file: File) => void}} Actions
 */

/** The most that the local server takes, as Telegram lets a bot download. */
const LARGEST_FILE = 20 * 1024 * 1024;
const TOUCH = window.matchMedia("(pointer: coarse)");
const DRAFTS = "ghid.drafts";

export class Composer {
  #parts;
  #actions;
  #menu;
  /** @type {number | null} */
  #person = null;
  /** @type {Record<string, string>} */
  #drafts = loadDrafts();
  /** @type {Map<number, File>} */
  #files = new Map();

  /**
   * @param {Parts} parts
   * @param {Actions} actions
   */
  constructor(parts, actions) {
    this.#parts = parts;
    this.#actions = actions;
    this.#menu = new CommandMenu(
      parts.commands,
      parts.text,
      (command, how) => this.#takeCommand(command, how),
      () => this.focus(),
    );
    parts.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    parts.text.addEventListener("input", () => this.#changed());
    parts.text.addEventListener("keydown", (event) => this.#key(event));
    parts.text.addEventListener("paste", (event) => this.#takeFile(event.clipboardData?.files[0], event));
    parts.menu.addEventListener("pointerdown", (event) => event.preventDefault());
    parts.menu.addEventListener("click", () => (this.#menu.isOpen ? this.#menu.close(true) : this.#menu.open()));
    parts.attach.addEventListener("click", () => parts.file.click());
    parts.file.addEventListener("change", () => {
      this.#takeFile(parts.file.files?.[0]);
      parts.file.value = "";
    });
    parts.dropArea.addEventListener("dragover", (event) => event.preventDefault());
    parts.dropArea.addEventListener("drop", (event) => this.#takeFile(event.dataTransfer?.files[0], event));
    document.addEventListener("pointerdown", (event) => {
      if (!parts.form.contains(/** @type {Node} */ (event.target))) this.#menu.close();
    });
    parts.commands.addEventListener("focusout", (event) => {
      if (event.relatedTarget !== parts.text && event.relatedTarget !== parts.menu) this.#menu.close();
    });
  }

  /** @param {number} person whose draft and file to show */
  open(person) {
    this.#person = person;
    this.#parts.text.value = this.#drafts[person] ?? "";
    this.#menu.close();
    this.#drawFile();
    this.#fit();
  }

  /** @param {Command[]} commands */
  set commands(commands) {
    this.#menu.commands = commands;
    this.#parts.menu.hidden = commands.length === 0;
  }

  /** Takes the focus, without calling up a touch screen's keyboard. */
  focus() {
    const { text, menu, attach } = this.#parts;
    const quiet = TOUCH.matches && document.activeElement !== text;
    if (!quiet) text.focus();
    else (menu.hidden ? attach : menu).focus();
  }

  #changed() {
    this.#keepDraft(this.#parts.text.value);
    this.#fit();
    const typed = /^\/([a-z0-9_]*)$/i.exec(this.#parts.text.value);
    if (typed) this.#menu.filter(typed[1]);
    else this.#menu.close();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.#menu.handleKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void this.#submit();
    }
  }

  /** @param {Command} command @param {"send" | "complete"} how */
  #takeCommand(command, how) {
    const text = `/${command.command}`;
    if (how === "complete") {
      this.#parts.text.value = `${text} `;
      this.#changed();
      return;
    }
    if (this.#parts.text.value.startsWith("/")) {
      this.#parts.text.value = "";
      this.#changed();
    }
    void this.#actions.text(text).catch(() => undefined);
  }

  async #submit() {
    const { text } = this.#parts;
    const person = this.#person;
    const words = text.value.trim();
    const file = person === null ? undefined : this.#files.get(person);
    if (person === null || (!words && !file)) return;
    text.value = "";
    this.#files.delete(person);
    this.#changed();
    this.#drawFile();
    text.focus();
    try {
      await (file ? this.#actions.file(file, words) : this.#actions.text(words));
    } catch {
      // It was not taken: the person gets their words back, unless they have begun anew. The refusal is shown elsewhere.
      if (file) this.#files.set(person, file);
      if (!this.#drafts[person]) this.#drafts[person] = words;
      if (this.#person === person) this.open(person);
    }
  }

  /** @param {File | undefined} file @param {Event} [event] */
  #takeFile(file, event) {
    if (!file || this.#person === null) return;
    event?.preventDefault();
    if (file.size > LARGEST_FILE) {
      this.#actions.tooLarge(file);
      return;
    }
    this.#files.set(this.#person, file);
    this.#drawFile();
    this.#parts.text.focus();
  }

  #drawFile() {
    const { chosen, text, send } = this.#parts;
    const file = this.#person === null ? undefined : this.#files.get(this.#person);
    chosen.hidden = !file;
    text.placeholder = file ? "Add a caption" : "Message";
    chosen.replaceChildren();
    if (file) {
      const remove = () => {
        this.#files.delete(/** @type {number} */ (this.#person));
        this.#drawFile();
        text.focus();
      };
      append(chosen, [
        icon("document"),
        h("span", { class: "chosen-name" }, file.name),
        h("span", { class: "chosen-size" }, formatSize(file.size)),
        h("button", { type: "button", class: "icon-button", "aria-label": `Remove ${file.name}`, onclick: remove }, icon("close")),
      ]);
    }
    send.classList.toggle("ready", Boolean(file) || text.value.trim() !== "");
  }

  /** Grows with the text, up to what the style allows. */
  #fit() {
    const { text, send } = this.#parts;
    text.style.setProperty("height", "auto");
    text.style.setProperty("height", `${text.scrollHeight}px`);
    send.classList.toggle("ready", text.value.trim() !== "" || (this.#person !== null && this.#files.has(this.#person)));
  }

  /** @param {string} words */
  #keepDraft(words) {
    if (this.#person === null) return;
    if (words) this.#drafts[this.#person] = words;
    else delete this.#drafts[this.#person];
    try {
      localStorage.setItem(DRAFTS, JSON.stringify(this.#drafts));
    } catch {
      // Private windows may refuse: the draft then lives as long as the page.
    }
  }
}

/** @returns {Record<string, string>} */
function loadDrafts() {
  try {
    return JSON.parse(localStorage.getItem(DRAFTS) ?? "{}");
  } catch {
    return {};
  }
}
