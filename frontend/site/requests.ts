import htmx from "htmx.org";
import { signRequest } from "./csrf";

/** Sets htmx up for a content security policy without inline code or styles, and for Django's CSRF check. */
export function startHtmx(): void {
  htmx.config.allowEval = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.allowScriptTags = false;
  document.addEventListener("htmx:configRequest", signRequest);
}
