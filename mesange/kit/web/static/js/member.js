// What the pages of somebody signed in can do besides: composing, and what is exchanged without a new page.
import "./visitor.js";
import "./perch.js";
import "./language.js";
import "./attach.js";
import "./drafts.js";
import "./autosave.js";
import "./later.js";
import "./previews.js";
import "./answers.js";
import "./dialogs.js";
import "./leaving.js";
import "./palette.js";
import "./deck.js";
import "./calendar.js";
import "./choose.js";
import "./offline.js";
import "./pushing.js";
