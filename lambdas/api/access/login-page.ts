import { html } from '../html.ts';

/** Asks for the token. @param message what was wrong with the last one; null at first */
export const renderLoginPage = (message: string | null): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in · sluicegate</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="login.css">
</head>
<body>
<main>
<h1>sluicegate</h1>
<form method="post" action="login">
<label for="token">Access token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus${message === null ? '' : html` aria-invalid="true" aria-describedby="wrong"`}>
${message === null ? '' : html`<p id="wrong" role="alert">${message}</p>`}
<button>Log in</button>
</form>
</main>
</body>
</html>
`.text;

/** A route of its own, so that the content security policy needs no exception. */
export const LOGIN_CSS = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  background: light-dark(#f6f8fa, #0d1117); color: light-dark(#1f2328, #e6edf3); }
main { width: min(22rem, calc(100vw - 2rem)); }
h1 { font-size: 1.25rem; }
form { display: grid; gap: .5rem; }
input, button { font: inherit; padding: .5rem .75rem; border-radius: .375rem; border: 1px solid light-dark(#8c959f, #6e7681); }
input { background: light-dark(#fff, #010409); color: inherit; }
button { background: light-dark(#0969da, #1f6feb); border-color: transparent; color: #fff; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid light-dark(#0969da, #58a6ff); outline-offset: 2px; }
p { margin: 0; color: light-dark(#b3202c, #ff7b72); }
`;
