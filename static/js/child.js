// The one script of child and public pages; every page works without it.
import "./listen.js";
import "./counter.js";
import "./autosave.js";
import "./way-back.js";
import "./look.js";
import "./focus-errors.js";
import "./print.js";
import "./leave.js";
import "./sign-out.js";
import "./upload.js";
