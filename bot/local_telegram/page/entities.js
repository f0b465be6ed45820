// Telegram's formatting: entities (offset and length in UTF-16 units, as JavaScript counts) → elements, nested.

import { h } from "./dom.js";

/**
 * @typedef {import("./api.js").Entity} Entity
 * @typedef {{command: (text: string) => void, moment: (unix: number) => void, deepLink: (payload: string) => void, botUsername: string}} Taps
 */

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN_TAGS = /** @type {const} */ ({ bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" });
const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

/**
 * @param {string} text
 * @param {Entity[]} entities
 * @param {Taps} taps what happens when a part is tapped
 * @returns {DocumentFragment}
 */
export function renderText(text, entities, taps) {
  const usable = entities
    .map((entity) => ({ entity, start: Math.max(0, entity.offset), end: Math.min(text.length, entity.offset + entity.length) }))
    .filter((span) => span.end > span.start)
    .sort(byPlace);
  return renderSpan(text, 0, text.length, usable, taps);
}

/** @typedef {{entity: Entity, start: number, end: number}} Span */

/** @param {Span} a @param {Span} b outer before inner: earlier first, then longer, then blocks */
function byPlace(a, b) {
  return a.start - b.start || b.end - a.end || Number(BLOCKS.has(b.entity.type)) - Number(BLOCKS.has(a.entity.type));
}

/**
 * Renders text[start:end]. An entity that overlaps its neighbour without nesting is cut at the neighbour's end,
 * and its rest goes on behind it, so that every element closes inside its parent.
 *
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {Span[]} spans inside start..end, sorted by place
 * @param {Taps} taps
 * @returns {DocumentFragment}
 */
function renderSpan(text, start, end, spans, taps) {
  const fragment = document.createDocumentFragment();
  const waiting = [...spans];
  let position = start;
  while (waiting.length > 0) {
    const outer = /** @type {Span} */ (waiting.shift());
    const inner = [];
    const later = [];
    for (const span of waiting) {
      if (span.start >= outer.end) later.push(span);
      else if (span.end <= outer.end) inner.push(span);
      else {
        inner.push({ ...span, end: outer.end });
        later.push({ ...span, start: outer.end });
      }
    }
    waiting.splice(0, waiting.length, ...later.sort(byPlace));
    const block = BLOCKS.has(outer.entity.type);
    // A block stands on lines of its own already: the line breaks beside it would show as empty lines.
    let before = text.slice(position, outer.start);
    if (block && before.endsWith("\n")) before = before.slice(0, -1);
    if (before) fragment.append(before);
    const content = renderSpan(text, outer.start, outer.end, inner, taps);
    fragment.append(element(outer.entity, text.slice(outer.start, outer.end), content, taps));
    position = outer.end;
    if (block && text[position] === "\n" && !waiting.some((span) => span.start === position)) position += 1;
  }
  if (position < end) fragment.append(text.slice(position, end));
  return fragment;
}

/**
 * @param {Entity} entity
 * @param {string} text what it covers
 * @param {DocumentFragment} content the same, with the formatting inside it
 * @param {Taps} taps
 * @returns {Node}
 */
function element(entity, text, content, taps) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
    case "code":
      return h(PLAIN_TAGS[entity.type], {}, content);
    case "pre":
      return h("pre", { tabindex: "0", "data-language": entity.language || null }, h("code", {}, content));
    case "blockquote":
      return h("blockquote", {}, content);
    case "expandable_blockquote":
      return expandable(content);
    case "spoiler":
      return spoiler(content);
    case "text_link":
      return link(entity.url ?? "", content, taps);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `http://${text}`, content, taps);
    case "email":
      return link(`mailto:${text}`, content, taps);
    case "phone_number":
      return link(`tel:${text.replace(/[^+\d]/g, "")}`, content, taps);
    case "mention":
      return link(`https://t.me/${text.slice(1)}`, content, taps);
    case "bot_command":
      return h("button", { type: "button", class: "text-button", onclick: () => taps.command(text) }, content);
    case "date_time":
      return moment(entity, content, taps);
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return h("span", { class: entity.type.replace("_", "-") }, content);
    default:
      return content; // custom_emoji carries its plain emoji as text; kinds not yet known stay readable
  }
}

/** @param {DocumentFragment} content */
function expandable(content) {
  const quote = h("blockquote", { class: "expandable" }, content);
  const toggle = h("button", { type: "button", class: "expand", "aria-expanded": "false", lang: "en" }, "Show all");
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Show less" : "Show all";
  });
  return h("div", { class: "quote" }, quote, toggle);
}

/** @param {DocumentFragment} content */
function spoiler(content) {
  const hidden = h("span", { inert: true }, content);
  const cover = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text. Press to show it." }, hidden);
  const reveal = () => {
    if (cover.classList.contains("shown")) return;
    cover.classList.add("shown");
    hidden.inert = false;
    cover.removeAttribute("role");
    cover.removeAttribute("aria-label");
    cover.tabIndex = -1;
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal();
  });
  return cover;
}

/** @param {Entity} entity @param {DocumentFragment} content @param {Taps} taps */
function moment(entity, content, taps) {
  const unix = entity.unix_time ?? 0;
  const at = new Date(unix * 1000);
  const time = h("time", { datetime: Number.isNaN(at.getTime()) ? null : at.toISOString() }, content);
  return h("button", { type: "button", class: "text-button moment", title: "Show in your own time zone", onclick: () => taps.moment(unix) }, time);
}

/** @param {string} address @param {DocumentFragment} content @param {Taps} taps */
function link(address, content, taps) {
  const attributes = linkAttributes(address, taps);
  return attributes ? h("a", attributes, content) : content;
}

/**
 * The attributes of a link to this address, or null when a browser should not follow it (javascript:, data:, …).
 *
 * @param {string} address
 * @param {Taps} taps
 * @returns {Record<string, any> | null}
 */
export function linkAttributes(address, taps) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!SAFE_SCHEMES.has(url.protocol)) return null;
  const attributes = { href: url.href, target: "_blank", rel: "noopener noreferrer" };
  if (!leadsToBot(url, taps.botUsername)) return attributes;
  const payload = url.searchParams.get("start");
  return {
    ...attributes,
    onclick: (/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      if (payload !== null) taps.deepLink(payload); // without a payload the link leads to this chat, which is open
    },
  };
}

/**
 * Whether this is https://t.me/<bot>, with a start payload or without.
 *
 * @param {URL} url
 * @param {string} username
 */
function leadsToBot(url, username) {
  const host = url.hostname.replace(/^www\./, "");
  return (host === "t.me" || host === "telegram.me") && url.pathname.slice(1).toLowerCase() === username.toLowerCase();
}
