import "./fonts.css";
import "./tokens.css";
import "./base.css";
import "./layout.css";
import "./components.css";
import "./forms.css";
import "./tables.css";
import "./events.css";
import "./desk.css";
import "./mailbox.css";
import "./print.css";
import { startHtmx } from "./requests";
import { enhance } from "./enhance";

startHtmx();
enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.target as HTMLElement));
