// Leads a person to the list of what is still missing, as soon as the page is there.
document.querySelector("[data-error-summary]")?.focus();
