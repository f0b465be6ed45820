// What a message carries beside its words: documents and photos.

import { fileAddress } from "./api.js";
import { formatSize, h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./api.js").FileInfo} FileInfo
 */

/** Kinds of content this page names rather than draws; Telegram's field is the key. */
const NAMED_KINDS = {
  animation: "Animation", audio: "Audio", contact: "Contact", dice: "Dice", game: "Game", invoice: "Invoice", location: "Location",
  poll: "Poll", sticker: "Sticker", venue: "Place", video: "Video", video_note: "Video message", voice: "Voice message",
};

/**
 * @param {Message} message
 * @returns {HTMLElement | null}
 */
export function renderAttachment(message) {
  if (message.photo?.length) return photo(message);
  if (message.document) return documentRow(message.document);
  for (const [field, name] of Object.entries(NAMED_KINDS)) {
    if (field in message) return h("p", { class: "other-kind", lang: "en" }, `${name}: a phone shows it here`);
  }
  return null;
}

/** @param {FileInfo} file */
function documentRow(file) {
  const name = file.file_name || "document";
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 ? name.slice(dot + 1, dot + 5).toUpperCase() : "";
  return h(
    "a",
    { class: "document", href: fileAddress(file.file_id), download: name },
    h("span", { class: "document-kind", "aria-hidden": "true" }, extension || icon("document")),
    h(
      "span",
      { class: "document-text" },
      h("span", { class: "document-name" }, name),
      h("span", { class: "document-size", lang: "en" }, [formatSize(file.file_size), "Download"].filter(Boolean).join(" · ")),
    ),
  );
}

/** @param {Message} message */
function photo(message) {
  const sizes = message.photo ?? [];
  const largest = sizes.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best), sizes[0]);
  const address = fileAddress(largest.file_id);
  return h(
    "a",
    { class: "photo", href: address, download: true, "aria-label": "Photo. Press to save it." },
    h("img", { src: address, alt: message.caption || "Photo", width: largest.width, height: largest.height, decoding: "async" }),
  );
}

/**
 * One line that stands for a message: in a reply's head.
 *
 * @param {Message} message
 */
export function summary(message) {
  const words = message.text ?? message.caption ?? message.document?.file_name;
  if (words) return words.replace(/\s+/g, " ").slice(0, 120);
  return message.photo ? "Photo" : "Message";
}
