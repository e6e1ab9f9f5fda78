// The one script of the work desk; every page works without it.
import "./child.js";
import "./batch.js";
import "./covers.js";
import "./moderation.js";
import "./renew.js";
import "./sentence.js";
