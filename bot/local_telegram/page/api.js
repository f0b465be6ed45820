// Everything the page asks of the local server; the shapes are those of the Bot API.

/**
 * @typedef {{id: number, first_name: string, username: string, description: string, short_description: string}} Bot
 * @typedef {{id: number, first_name: string, last_name: string, language_code: string, role: string, about: string, blocked: boolean, unread: number}} Person
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string, unix_time?: number, user?: {first_name: string}}} Entity
 * @typedef {{text: string, callback_data?: string, url?: string, copy_text?: {text: string}, style?: string}} Button
 * @typedef {{file_id: string, file_name?: string, file_size?: number, mime_type?: string}} FileInfo
 * @typedef {{file_id: string, width: number, height: number, file_size?: number}} PhotoSize
 * @typedef {{
 *   message_id: number, date: number, edit_date?: number, from?: {is_bot: boolean, first_name: string},
 *   text?: string, entities?: Entity[], caption?: string, caption_entities?: Entity[],
 *   document?: FileInfo, photo?: PhotoSize[], reply_to_message?: Message,
 *   reply_markup?: {inline_keyboard?: Button[][]}
 * }} Message
 * @typedef {{command: string, description: string}} Command
 * @typedef {{at: string, method: string, chat_id: number | null, ok: boolean, error_code: number | null, description: string | null, ms: number, warnings?: string[]}} Call
 */

/** What the server answered when it refused, in its own words. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
async function request(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Refusal(0, "The local server does not answer. Is it still running?");
  }
  const body = await response.text();
  /** @type {any} */
  let parsed = null;
  try {
    parsed = body ? JSON.parse(body) : null;
  } catch {
    // A refusal may be plain text; an answer never is.
  }
  if (!response.ok) {
    throw new Refusal(response.status, parsed?.description ?? parsed?.error ?? `The local server refused this (${response.status}).`);
  }
  return parsed;
}

/**
 * @param {string} path
 * @param {object} value
 */
function post(path, value) {
  return request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });
}

/** @returns {Promise<{bot: Bot, people: Person[], now: string, event_clock: boolean}>} */
export const fetchState = () => request("/local/state");

/** @param {number} person @returns {Promise<{messages: Message[], commands: Command[], blocked: boolean, description?: string}>} */
export const fetchChat = (person) => request(`/local/chats/${person}`);

/** @returns {Promise<Call[]>} oldest first */
export const fetchCalls = async () => {
  const answer = await request("/local/calls");
  return Array.isArray(answer) ? answer : answer.calls;
};

/** @param {number} person @param {string} text */
export const sendText = (person, text) => post(`/local/chats/${person}/messages`, { text });

/** @param {number} person @param {number} messageId @param {string} data @returns {Promise<{callback_query_id: string}>} */
export const pressButton = (person, messageId, data) => post(`/local/chats/${person}/presses`, { message_id: messageId, data });

/** @param {number} person @param {boolean} blocked */
export const setBlocked = (person, blocked) => post(`/local/chats/${person}/block`, { blocked });

/** @param {number} person @param {string} payload */
export const openDeepLink = (person, payload) => post(`/local/chats/${person}/start`, { payload });

/** @param {number} person @param {File} file @param {string} caption */
export function sendFile(person, file, caption) {
  const form = new FormData();
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name);
  return request(`/local/chats/${person}/files`, { method: "POST", body: form });
}

/** @param {string} fileId */
export const fileAddress = (fileId) => `/local/files/${encodeURIComponent(fileId)}`;
