/** The element that the page must have for `name` (as `data-name`). */
export function part<T extends HTMLElement = HTMLElement>(name: string): T {
  const found = document.querySelector<T>(`[data-${name}]`);
  if (!found) throw new Error(`the page has no [data-${name}]`);
  return found;
}

/** A new element with a class and children; text goes in as text, so a name can't be markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  css = "",
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (css) element.className = css;
  element.append(...children.filter((child) => child !== null && child !== "").map((child) => child as Node | string));
  return element;
}

export function button(css: string, press: () => void, ...children: (Node | string)[]): HTMLButtonElement {
  const made = make("button", css, ...children);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** The drawing `name` of the sprite at `address`. */
export function sign(address: string, name: string, css: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("class", css);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${address}#${name}`);
  svg.append(use);
  return svg;
}

export function hidden(text: string): HTMLSpanElement {
  return make("span", "visually-hidden", text);
}
