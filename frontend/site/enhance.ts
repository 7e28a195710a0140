/** Small conveniences on top of pages that already work without them. */
import { languageTabs } from "./languages";
import { bulkBar, tickAll } from "./selection";

/** Runs `work` once for each element under `root` that matches. */
function each<T extends HTMLElement>(root: ParentNode, selector: string, work: (element: T) => void): void {
  const done = `ready${selector.replace(/[^a-z]/gi, "")}`;
  for (const element of root.querySelectorAll<T>(selector)) {
    if (element.dataset[done]) continue;
    element.dataset[done] = "1";
    work(element);
  }
}

/** The sticky action leaves while the element that it leads to is in sight. */
function stickyAction(bar: HTMLElement): void {
  const target = document.getElementById(bar.dataset["until"] ?? "");
  if (!target || !("IntersectionObserver" in window)) return;
  new IntersectionObserver(([entry]) => bar.classList.toggle("is-away", entry?.isIntersecting ?? false)).observe(target);
}

/** Copies the text of the element named by `data-copy` and says so in the button. */
function copyButton(button: HTMLButtonElement): void {
  // Browsers offer the clipboard on secure origins only; without it the address can still be selected by hand.
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset["copy"] ?? "");
    await navigator.clipboard.writeText(source?.textContent?.trim() ?? "");
    const before = button.textContent;
    button.setAttribute("aria-live", "polite");
    button.textContent = button.dataset["copied"] ?? before;
    setTimeout(() => (button.textContent = before), 2000);
  });
}

/** Opens `<dialog id>` for a link or button with `data-dialog="id"`; without JavaScript the link leads to a page instead. */
function dialogOpener(opener: HTMLElement): void {
  opener.addEventListener("click", (event) => {
    const dialog = document.getElementById(opener.dataset["dialog"] ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
  });
}

function dialogCloser(closer: HTMLElement): void {
  closer.addEventListener("click", (event) => {
    event.preventDefault();
    closer.closest("dialog")?.close();
  });
}

/** Sends a filter form as soon as a choice changes; its button stays for those who need it. */
function autoSubmit(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    if ((event.target as HTMLElement).matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
}

/** Closes a menu by a click elsewhere or by Escape. */
function menu(details: HTMLDetailsElement): void {
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target as Node)) details.open = false;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
}

export function enhance(root: ParentNode): void {
  each(root, ".sticky-action[data-until]", stickyAction);
  each(root, "button[data-copy]", copyButton);
  each(root, "[data-dialog]", dialogOpener);
  each(root, "[data-close]", dialogCloser);
  each(root, "form[data-auto-submit]", autoSubmit);
  each(root, "input[data-tick-all]", tickAll);
  each(root, "[data-bulk]", bulkBar);
  each(root, "details.menu, details.desk__menu", menu);
  each(root, "[data-languages]", languageTabs);
  each(root, ".error-summary", (summary) => summary.focus());
}
