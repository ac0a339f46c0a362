// Runs in browsers: nothing of Connectry is imported here, so the key stays on the server.
document.title = `${document.querySelectorAll("li").length} customers`;
