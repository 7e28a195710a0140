/** Rows of a table that are ticked together. */

function boxesNamed(name: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${CSS.escape(name)}"]`)];
}

/** One tick box that sets all others of the name in `data-tick-all`. */
export function tickAll(master: HTMLInputElement): void {
  const name = master.dataset["tickAll"] ?? "";
  master.addEventListener("change", () => {
    for (const box of boxesNamed(name)) box.checked = master.checked;
  });
  document.addEventListener("change", () => {
    const ticked = boxesNamed(name).filter((box) => box.checked).length;
    master.indeterminate = ticked > 0 && ticked < boxesNamed(name).length;
    master.checked = ticked > 0 && !master.indeterminate;
  });
}

/** The bar of actions for ticked rows: out of the way while none is ticked, and telling how many there are. */
export function bulkBar(bar: HTMLElement): void {
  const count = bar.querySelector<HTMLElement>("[data-count]");
  const update = () => {
    const ticked = boxesNamed(bar.dataset["bulk"] ?? "").filter((box) => box.checked).length;
    bar.hidden = ticked === 0;
    if (count) count.textContent = String(ticked);
  };
  document.addEventListener("change", update);
  update();
}
