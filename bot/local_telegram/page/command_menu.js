// The list of the bot's commands: typed with "/", or opened with the Menu button; arrows, Enter, Escape.

import { h } from "./dom.js";

/** @typedef {import("./api.js").Command} Command */

export class CommandMenu {
  #box;
  #owner;
  #choose;
  #giveFocusBack;
  /** @type {Command[]} */
  #commands = [];
  /** @type {Command[]} */
  #matches = [];
  #selected = 0;

  /**
   * @param {HTMLElement} box the listbox
   * @param {HTMLElement} owner the text field that keeps the focus while one types
   * @param {(command: Command, how: "send" | "complete") => void} choose
   * @param {() => void} giveFocusBack
   */
  constructor(box, owner, choose, giveFocusBack) {
    this.#box = box;
    this.#owner = owner;
    this.#choose = choose;
    this.#giveFocusBack = giveFocusBack;
    box.addEventListener("keydown", (event) => this.handleKey(event));
  }

  /** @param {Command[]} commands */
  set commands(commands) {
    this.#commands = commands;
    if (this.isOpen) this.filter("");
  }

  get isOpen() {
    return !this.#box.hidden;
  }

  /**
   * Shows the commands that start with these letters; nothing when none does.
   *
   * @param {string} letters what follows the slash
   */
  filter(letters) {
    const wanted = letters.toLowerCase();
    this.#matches = this.#commands.filter((command) => command.command.startsWith(wanted));
    this.#selected = Math.max(0, this.#matches.findIndex((command) => command.command === wanted));
    if (this.#matches.length === 0) return this.close();
    this.#box.hidden = false;
    this.#draw();
  }

  /** Opens the whole list and moves the focus into it. */
  open() {
    this.filter("");
    if (this.isOpen) this.#box.focus();
  }

  /** @param {boolean} [refocus] whether the focus goes back even from outside the menu */
  close(refocus = false) {
    const hadFocus = this.#box.contains(document.activeElement);
    this.#box.hidden = true;
    this.#owner.removeAttribute("aria-activedescendant");
    this.#box.removeAttribute("aria-activedescendant");
    if (refocus || hadFocus) this.#giveFocusBack();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key belonged to the menu
   */
  handleKey(event) {
    if (!this.isOpen || event.isComposing) return false;
    const count = this.#matches.length;
    switch (event.key) {
      case "ArrowDown":
        this.#select((this.#selected + 1) % count);
        break;
      case "ArrowUp":
        this.#select((this.#selected - 1 + count) % count);
        break;
      case "Home":
      case "End":
        if (event.target === this.#owner) return false;
        this.#select(event.key === "Home" ? 0 : count - 1);
        break;
      case "Enter":
        if (event.shiftKey) return false;
        this.#take(this.#selected, "send");
        break;
      case "Tab":
        if (event.shiftKey) return false;
        this.#take(this.#selected, "complete");
        break;
      case "Escape":
        this.close(true);
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** @param {number} index @param {"send" | "complete"} how */
  #take(index, how) {
    const command = this.#matches[index];
    this.close(true);
    this.#choose(command, how);
  }

  /** @param {number} index */
  #select(index) {
    this.#selected = index;
    this.#draw();
  }

  #draw() {
    this.#box.replaceChildren(...this.#matches.map((command, index) => h(
      "div",
      {
        id: `command-${index}`, class: "command", role: "option", "aria-selected": String(index === this.#selected),
        // The text field keeps the focus, and with it the phone its keyboard.
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => this.#take(index, "send"),
      },
      h("span", { class: "command-name" }, `/${command.command}`),
      h("span", { class: "command-words" }, command.description),
    )));
    const active = `command-${this.#selected}`;
    this.#box.setAttribute("aria-activedescendant", active);
    this.#owner.setAttribute("aria-activedescendant", active);
    this.#box.children[this.#selected]?.scrollIntoView({ block: "nearest" });
  }
}
