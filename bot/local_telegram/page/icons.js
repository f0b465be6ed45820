// The page's own line icons, 24 × 24, drawn with the current text colour.

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string>} name → path data */
const PATHS = {
  attach: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.8 5.8l12.4 12.4",
  chevron: "M6 9.5l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10.5v10.5H9zM5.5 15H4.5V4.5H15v1",
  dark: "M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2z",
  document: "M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zM13.5 3.5v5h5",
  down: "M12 5v13.5M6 13l6 6 6-6",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  link: "M8 16L16.5 7.5M9.5 7h7.5v7.5",
  log: "M4.5 6.5l3.5 3-3.5 3M11 13h8.5M11 17.5h8.5M4.5 17.5H8M13.5 8.5h6",
  menu: "M4.5 7h15M4.5 12h15M4.5 17h10",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  panel: "M4.5 5h15v14h-15zM14.5 5v14",
  send: "M4.5 12L20 4.5 15.5 20l-3.8-6.2zM11.7 13.8L20 4.5",
  start: "M8 5.5v13l10.5-6.5z",
  tick: "M5 12.5l4.5 4.5L19 7.5",
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGSVGElement} hidden from screen readers: the button around it carries the name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.appendChild(path);
  return svg;
}

/** Puts the icon in front of the content of each element that asks for one with `data-icon`. */
export function placeIcons(root = document) {
  for (const element of root.querySelectorAll("[data-icon]")) {
    element.prepend(icon(/** @type {HTMLElement} */ (element).dataset.icon ?? ""));
  }
}
