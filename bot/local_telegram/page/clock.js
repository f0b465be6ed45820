// The demo's clock: the event's time, ticking on this machine from the server's last word.

const MINUTE = 60_000;

/** Formats moments in the fixed offset of the demo clock, whatever zone the viewer sits in. */
export class DemoClock {
  #base = Date.now();
  #measuredAt = performance.now();
  #offset = 0;
  #known = false;
  /** @type {() => void} */
  #changed = () => undefined;

  /** @param {string} iso the server's moment, with its offset: 2023-11-22T10:05:00+02:00 */
  set(iso) {
    this.#base = Date.parse(iso);
    this.#measuredAt = performance.now();
    this.#known = true;
    const zone = /([+-])(\d{2}):?(\d{2})$/.exec(iso);
    this.#offset = zone ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
    this.#changed();
  }

  /** Whether the server has told the time yet. */
  get known() {
    return this.#known;
  }

  /** @param {() => void} listener called when the clock is set */
  onSet(listener) {
    this.#changed = listener;
  }

  /** @returns {number} milliseconds since 1970 */
  now() {
    return this.#base + performance.now() - this.#measuredAt;
  }

  /**
   * @param {number} unix seconds
   * @returns {string} "10:05"
   */
  time(unix) {
    return this.#shifted(unix * 1000).toISOString().slice(11, 16);
  }

  /**
   * @param {number} unix seconds
   * @returns {string} "2023-11-22", for comparing days
   */
  day(unix) {
    return this.#shifted(unix * 1000).toISOString().slice(0, 10);
  }

  /**
   * @param {number} unix seconds
   * @returns {string} "Wednesday, 22 November", with the year when it is not the clock's own
   */
  dayName(unix) {
    const day = this.#shifted(unix * 1000);
    const sameYear = day.getUTCFullYear() === this.#shifted(this.now()).getUTCFullYear();
    return day.toLocaleDateString("en-GB", {
      weekday: "long", day: "numeric", month: "long", year: sameYear ? undefined : "numeric", timeZone: "UTC",
    });
  }

  /** @returns {{iso: string, weekday: string, date: string, time: string}} what the banner shows: "Wed,", "22 Nov 2023", "10:05:00" */
  face() {
    const shifted = this.#shifted(this.now());
    return {
      iso: new Date(this.now()).toISOString(),
      weekday: `${shifted.toLocaleDateString("en-GB", { weekday: "short", timeZone: "UTC" })},`,
      date: shifted.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
      time: shifted.toISOString().slice(11, 19),
    };
  }

  /** @param {number} milliseconds */
  #shifted(milliseconds) {
    return new Date(milliseconds + this.#offset * MINUTE);
  }
}

/**
 * A moment in the viewer's own zone, as a phone shows it when a date in a message is tapped.
 *
 * @param {number} unix seconds
 * @returns {string}
 */
export function inViewersZone(unix) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const moment = new Date(unix * 1000).toLocaleString("en-GB", {
    weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });
  return `${moment} in your time zone, ${zone.replaceAll("_", " ")}`;
}

/**
 * Keeps the banner's clock moving.
 *
 * @param {DemoClock} clock
 * @param {HTMLElement} element a <time> with three children: the weekday, the date, the time of day
 */
export function showClock(clock, element) {
  const [weekday, date, time] = /** @type {HTMLElement[]} */ ([...element.children]);
  const tick = () => {
    if (!clock.known) return;
    const face = clock.face();
    element.setAttribute("datetime", face.iso);
    if (weekday.textContent !== face.weekday) weekday.textContent = face.weekday;
    if (date.textContent !== face.date) date.textContent = face.date;
    time.textContent = face.time;
  };
  clock.onSet(tick);
  setInterval(tick, 1000);
}
