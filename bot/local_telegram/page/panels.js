// What opens and closes: the people and the call log on a narrow screen, the chat's menu; Escape, focus.

const NARROW = window.matchMedia("(max-width: 899.98px)");
const HIDDEN_LOG = "ghid.log";

/**
 * A panel that is always there on a wide screen and opens over the chat on a narrow one.
 *
 * @param {HTMLElement} panel
 * @param {HTMLElement[]} openers the buttons that open and close it
 * @param {{collapses?: boolean}} [options] collapses: it can be put away on a wide screen too
 * @returns {{close: () => void}}
 */
export function sidePanel(panel, openers, { collapses = false } = {}) {
  let open = false;
  let wanted = !collapses || localStorage.getItem(HIDDEN_LOG) !== "hidden";
  /** @type {HTMLElement | null} */
  let cameFrom = null;

  const draw = () => {
    const shown = NARROW.matches ? open : wanted;
    panel.classList.toggle("open", NARROW.matches && open);
    panel.hidden = !shown;
    document.body.classList.toggle(`without-${panel.id}`, !shown);
    for (const opener of openers) opener.setAttribute("aria-expanded", String(shown));
  };
  const close = () => {
    if (!NARROW.matches || !open) return;
    open = false;
    const hadFocus = panel.contains(document.activeElement);
    draw();
    if (hadFocus || document.activeElement === document.body) cameFrom?.focus();
  };
  for (const opener of openers) {
    opener.addEventListener("click", () => {
      if (!NARROW.matches) {
        wanted = !wanted;
        localStorage.setItem(HIDDEN_LOG, wanted ? "shown" : "hidden");
        const hadFocus = panel.contains(document.activeElement);
        draw();
        if (hadFocus) openers.find((candidate) => candidate.offsetParent !== null)?.focus();
        return;
      }
      if (open) return close();
      cameFrom = opener;
      open = true;
      draw();
      /** @type {HTMLElement | null} */ (panel.querySelector("[aria-current], button, input"))?.focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!panel.contains(target) && !openers.some((opener) => opener.contains(target))) close();
  });
  NARROW.addEventListener("change", draw);
  draw();
  return { close };
}

/**
 * A button with a menu of actions.
 *
 * @param {HTMLElement} button
 * @param {HTMLElement} menu role menu, its items role menuitem
 */
export function actionMenu(button, menu) {
  const items = () => /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role="menuitem"]:not([hidden])')]);
  const show = (/** @type {boolean} */ open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    show(menu.hidden);
    if (!menu.hidden) items()[0]?.focus();
  });
  menu.addEventListener("click", () => {
    show(false);
    button.focus();
  });
  menu.addEventListener("keydown", (event) => {
    const list = items();
    const here = list.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const goals = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: list.length - 1 };
    const goal = goals[/** @type {keyof typeof goals} */ (event.key)];
    if (goal !== undefined) list[(goal + list.length) % list.length]?.focus();
    else if (event.key === "Escape") {
      show(false);
      button.focus();
    } else return;
    event.preventDefault();
  });
  menu.addEventListener("focusout", (event) => {
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (next !== button && !menu.contains(next)) show(false);
  });
  show(false);
}
