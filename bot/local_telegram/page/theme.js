// Light or dark: the system's choice until the person makes their own, which this browser remembers.

const KEY = "ghid.theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");

const stored = localStorage.getItem(KEY);
if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;

const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

/** @param {HTMLElement} button */
export function themeButton(button) {
  const draw = () => {
    const dark = isDark();
    button.setAttribute("aria-label", dark ? "Use the light theme" : "Use the dark theme");
    button.classList.toggle("is-dark", dark);
  };
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem(KEY, next);
    draw();
  });
  system.addEventListener("change", draw);
  draw();
}
