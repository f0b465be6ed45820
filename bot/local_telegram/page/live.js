// What happens on the server, as it happens: server-sent events, and word of the connection's health.

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {{
 *   message: (event: {chat_id: number, message: Message}) => void,
 *   edit: (event: {chat_id: number, message: Message}) => void,
 *   delete: (event: {chat_id: number, message_id: number}) => void,
 *   action: (event: {chat_id: number, action: string}) => void,
 *   callback_answer: (event: {chat_id: number, callback_query_id: string, text?: string, show_alert?: boolean, url?: string}) => void,
 *   commands: (event: {chat_id: number}) => void,
 *   person: (event: import("./api.js").Person) => void,
 *   call: (event: import("./api.js").Call) => void,
 *   reload: () => void
 * }} Listeners
 */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8_000;

/**
 * Follows the server for as long as the page lives.
 *
 * The browser resumes a broken stream by itself with Last-Event-ID. A server that was restarted counts from the
 * beginning again, so each opening also asks for the whole state: `opened` does that. The server sends `reload` when
 * it no longer knows what was missed.
 *
 * @param {string} address
 * @param {Listeners} listeners
 * @param {() => void} opened
 * @param {(state: "connecting" | "live" | "lost") => void} changed
 */
export function followServer(address, listeners, opened, changed) {
  let wait = FIRST_WAIT;

  const connect = () => {
    const source = new EventSource(address);
    source.onopen = () => {
      wait = FIRST_WAIT;
      changed("live");
      opened();
    };
    source.onerror = () => {
      changed("lost");
      // The browser tries again by itself after a broken connection, but gives up for good after a refusal.
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
    for (const [name, listener] of Object.entries(listeners)) {
      source.addEventListener(name, (event) => listener(JSON.parse(/** @type {MessageEvent} */ (event).data)));
    }
  };

  changed("connecting");
  connect();
}
