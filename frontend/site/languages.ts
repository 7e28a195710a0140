/**
 * Turns a group of fields, one for each language, into tabs. Every field carries `data-language="fr"` and stays in the form,
 * so what is typed in a hidden language is sent all the same.
 */
export function languageTabs(group: HTMLElement): void {
  const parts = [...group.querySelectorAll<HTMLElement>("[data-language]")];
  const codes = [...new Set(parts.map((part) => part.dataset["language"] ?? ""))];
  if (codes.length < 2) return;
  const bar = document.createElement("div");
  bar.className = "language-tabs";
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", group.dataset["languages"] || "");
  const buttons = codes.map((code) => tab(code, parts));
  bar.append(...buttons);
  parts[0]?.before(bar);
  const select = (code: string, focus = false) => show(code, buttons, parts, focus);
  bar.addEventListener("click", (event) => {
    const code = (event.target as HTMLElement).closest<HTMLElement>("[role=tab]")?.dataset["code"];
    if (code) select(code);
  });
  bar.addEventListener("keydown", (event) => onArrow(event, codes, select));
  // An error summary links to a field; a field in a hidden tab must come into sight first.
  window.addEventListener("hashchange", () => reveal(parts, select));
  const withError = parts.find((part) => part.querySelector("[aria-invalid=true]"));
  select(withError?.dataset["language"] ?? codes[0] ?? "");
  reveal(parts, select);
}

function tab(code: string, parts: HTMLElement[]): HTMLButtonElement {
  const mine = parts.filter((part) => part.dataset["language"] === code);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = code.toUpperCase();
  button.dataset["code"] = code;
  button.setAttribute("role", "tab");
  button.classList.toggle("has-error", mine.some((part) => part.querySelector("[aria-invalid=true]") !== null));
  return button;
}

function show(code: string, buttons: HTMLButtonElement[], parts: HTMLElement[], focus: boolean): void {
  for (const button of buttons) {
    const chosen = button.dataset["code"] === code;
    button.setAttribute("aria-selected", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    if (chosen && focus) button.focus();
  }
  for (const part of parts) part.hidden = part.dataset["language"] !== code;
}

function onArrow(event: KeyboardEvent, codes: string[], select: (code: string, focus: boolean) => void): void {
  const current = (event.target as HTMLElement).dataset["code"] ?? "";
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  select(codes[(codes.indexOf(current) + step + codes.length) % codes.length] ?? current, true);
}

function reveal(parts: HTMLElement[], select: (code: string) => void): void {
  const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const part = parts.find((each) => target && each.contains(target));
  if (!part) return;
  select(part.dataset["language"] ?? "");
  target?.focus();
}
