/** Reads Django's CSRF token from the element's own form, else from any form of the page, else from the cookie. */
export function csrfToken(from: Element): string {
  const name = "[name=csrfmiddlewaretoken]";
  const field =
    from.closest("form")?.querySelector<HTMLInputElement>(name) ?? document.querySelector<HTMLInputElement>(name);
  return field?.value ?? /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

type Request = { verb: string; elt: Element; headers: Record<string, string> };

/** Adds the token to a request of htmx that changes something. */
export function signRequest(event: Event): void {
  const { verb, elt, headers } = (event as CustomEvent<Request>).detail;
  if (verb !== "get") headers["X-CSRFToken"] = csrfToken(elt);
}
