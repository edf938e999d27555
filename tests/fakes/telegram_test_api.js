// Starts the npm package telegram-test-api, a Telegram fake that this project did not write, and prints
// its port. It leaves out or bends four fields that the Bot API promises and python-telegram-bot needs;
// they are put right on the way out, nothing else is touched:
//   getMe lacks is_bot · a sent message's date is in milliseconds · answerCallbackQuery answers null
//   a pressed button's update lacks chat_instance
const net = require('net');
const results = require('telegram-test-api/lib/modules/sendResult');
const original = results.sendResult;
results.sendResult = (req, res, next) => original(req, res, () => {
  const send = res.sendResult.bind(res);
  res.sendResult = (data) => {
    const result = data.result;
    if (req.path.endsWith('/getMe')) result.is_bot = true;
    if (req.path.endsWith('/sendMessage') && result && result.date > 1e11) {
      result.date = Math.floor(result.date / 1000);
    }
    if (req.path.endsWith('/answerCallbackQuery')) data.result = true;
    return send(data);
  };
  next();
});

const TelegramServer = require('telegram-test-api');
const Server = TelegramServer.default || TelegramServer;
const format = Server.formatUpdate;
Server.formatUpdate = (update) => {
  const shown = format(update);
  if (shown.callback_query) shown.callback_query.chat_instance = '1';
  return shown;
};
const probe = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = probe.address();
  probe.close(() => {
    const server = new Server({ port, host: '127.0.0.1', storeTimeout: 3600 });
    server.start().then(() => console.log(port));
  });
});
process.stdin.resume().on('end', () => process.exit(0));  // ends with the test that started it
