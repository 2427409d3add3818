// What the page can do better with a script. Without it everything still works.
import "./perch.js";
import "./attach.js";
import "./drafts.js";
import "./autosave.js";
import "./later.js";
import "./times.js";
import "./live.js";
import "./keys.js";
import "./once.js";
import "./menus.js";
import "./previews.js";
import "./viewer.js";
import "./answers.js";

document.documentElement.classList.add("has-script");
