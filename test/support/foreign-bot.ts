/** Somebody else's bot: a script that knows nothing of the sandbox. */
console.log(`token ${process.env['DISCORD_TOKEN']} at ${process.env['DISCORD_API_URL']}`);
setInterval(() => undefined, 1000);
