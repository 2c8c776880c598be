/*
 * How htmx behaves here: it puts no style of its own into a page, runs no code out of attributes, keeps no page, and
 * shows what the site says of a fault beside what was sent.
 */
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  selfRequestsOnly: true,
  historyRestoreAsHxRequest: false,
  historyCacheSize: 0,
  defaultSettleDelay: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "401|403|422|429|503", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
