-- What wrk sends: the lines of a file, each method, address, cookie, element for htmx, ETag and form, divided by tabs.
-- {n} in an address is another number in every request. With "once" each line is sent once: the threads share them.
-- wrk -s requests.lua http://... -- FILE each|once
local threads = 0

function setup(thread)
   thread:set("id", threads)
   thread:set("count", tonumber(os.getenv("BENCH_THREADS")))
   threads = threads + 1
end

function init(args)
   lines, sent, is_once = {}, 0, args[2] == "once"
   for line in io.lines(args[1]) do
      local fields = {}
      for field in (line .. "\t"):gmatch("([^\t]*)\t") do
         table.insert(fields, field)
      end
      table.insert(lines, fields)
   end
   place = is_once and id or 0
end

local function written(fields)
   local headers = { ["Accept-Encoding"] = "gzip, br" }
   if fields[3] ~= "" then headers["Cookie"] = fields[3] end
   if fields[4] ~= "" then
      headers["HX-Request"] = "true"
      headers["HX-Target"] = fields[4]
   end
   if fields[5] ~= "" then headers["If-None-Match"] = fields[5] end
   if fields[6] ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
   local path = fields[2]:gsub("{n}", id .. "." .. sent .. "." .. tostring(place))
   return wrk.format(fields[1], path, headers, fields[6] ~= "" and fields[6] or nil)
end

function request()
   local fields = lines[place % #lines + 1]
   place = place + (is_once and count or 1)
   sent = sent + 1
   return written(fields)
end

function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      '\nBENCH {"requests": %d, "seconds": %.6f, "bytes": %d, "p50": %.3f, "p95": %.3f, "p99": %.3f, "max": %.3f, ' ..
      '"failed": %d, "broken": %d}\n',
      summary.requests, summary.duration / 1e6, summary.bytes,
      latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
      errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
