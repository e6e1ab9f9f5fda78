// "Leave this page quickly": [data-leave] goes on without keeping this page in the way back.
document.querySelectorAll("[data-leave]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
});
