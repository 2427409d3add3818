// What any page can do better with a script. Without it everything still works.
import "./times.js";
import "./live.js";
import "./keys.js";
import "./once.js";
import "./menus.js";
import "./viewer.js";

document.documentElement.classList.add("has-script");
