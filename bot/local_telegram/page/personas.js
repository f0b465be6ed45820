// The people one can be: their list, their colours, what waits unread for each.

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./api.js").Person} Person */

const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });

/** @param {Person} person */
export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

/** @param {Person} person @returns {string} "Romanian" */
export function languageName(person) {
  try {
    return LANGUAGES.of(person.language_code) ?? person.language_code;
  } catch {
    return person.language_code;
  }
}

/**
 * A colour that stays with the id on every machine; seven neighbouring ids go once round the wheel.
 *
 * @param {number} id
 * @returns {number} a hue, 0 to 359
 */
export const hueOf = (id) => (id * 51) % 360;

/**
 * @param {{id: number, first_name: string, last_name?: string}} owner
 * @returns {HTMLElement}
 */
export function avatar(owner) {
  const letters = [owner.first_name, owner.last_name].map((name) => [...(name ?? "")][0] ?? "").join("");
  const element = h("span", { class: "avatar", "aria-hidden": "true" }, letters.toUpperCase());
  element.style.setProperty("--hue", String(hueOf(owner.id)));
  return element;
}

/** The list of people, and the button that opens it where the screen is narrow. */
export class PersonaList {
  #list;
  #button;
  #choose;

  /**
   * @param {HTMLElement} list
   * @param {HTMLButtonElement} button
   * @param {(id: number) => void} choose
   */
  constructor(list, button, choose) {
    this.#list = list;
    this.#button = button;
    this.#choose = choose;
    list.addEventListener("keydown", (event) => this.#walk(event));
  }

  /**
   * @param {Person[]} people
   * @param {number} active
   * @param {(person: Person) => number} unread
   */
  draw(people, active, unread) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.person;
    this.#list.replaceChildren(...people.map((person) => h("li", {}, this.#row(person, person.id === active, unread(person)))));
    if (focused) /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-person="${focused}"]`))?.focus();
    const current = people.find((person) => person.id === active);
    if (!current) return;
    const elsewhere = people.reduce((sum, person) => sum + (person.id === active ? 0 : unread(person)), 0);
    this.#button.replaceChildren(avatar(current), icon("chevron"), ...(elsewhere ? [badge(elsewhere)] : []));
    const news = elsewhere ? `; ${elsewhere} unread for others` : "";
    this.#button.setAttribute("aria-label", `You are ${fullName(current)}. Change person${news}`);
  }

  /**
   * @param {Person} person
   * @param {boolean} active
   * @param {number} unread
   */
  #row(person, active, unread) {
    return h(
      "button",
      {
        type: "button", class: "person", "aria-current": active ? "true" : null,
        dataset: { person: String(person.id) }, onclick: () => this.#choose(person.id),
      },
      avatar(person),
      h(
        "span",
        { class: "person-text" },
        h(
          "span",
          { class: "person-line" },
          h("span", { class: "person-name" }, fullName(person)),
          h("span", { class: "tag", title: languageName(person) }, person.language_code.toUpperCase()),
          person.role === "attendee" ? null : h("span", { class: "tag role" }, person.role),
        ),
        h("span", { class: "person-about" }, person.blocked ? "Has blocked the bot" : person.about),
      ),
      unread ? badge(unread) : null,
    );
  }

  /** Arrow keys walk the list. @param {KeyboardEvent} event */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll(".person")]);
    const here = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    rows[(here + step + rows.length) % rows.length]?.focus();
    event.preventDefault();
  }
}

/** @param {number} count */
function badge(count) {
  return h("span", { class: "badge" }, count, h("span", { class: "visually-hidden" }, " unread"));
}
