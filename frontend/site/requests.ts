import htmx from "htmx.org";

/** Reads Django's CSRF token from the form at hand, else from its cookie. */
export function csrfToken(from: Element | Document = document): string {
  const field =
    from instanceof Element ? from.closest("form")?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]") : null;
  const any = field ?? document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
  return any?.value ?? /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

/** Sets htmx up for a content security policy without inline code or styles. */
export function startHtmx(): void {
  htmx.config.allowEval = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.allowScriptTags = false;
  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event as CustomEvent<{ verb: string; elt: Element; headers: Record<string, string> }>;
    if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken(detail.elt);
  });
}
