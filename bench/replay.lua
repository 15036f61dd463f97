-- For wrk: sends the requests of a file, each once, in order; prints what was measured as one line of JSON.
-- The file holds requests behind one another, each ended by a NUL byte.

local requests, sent = {}, 0

function init(args)
  for request in io.open(args[1], "rb"):read("*a"):gmatch("([^%z]+)%z") do
    requests[#requests + 1] = request
  end
end

-- Past the end it begins again: a signed request that comes twice is refused, and the run counts as failed.
function request()
  sent = sent % #requests + 1
  return requests[sent]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"micros":%d,"bytes":%d,"p50Micros":%d,"p99Micros":%d,"failed":%d}\n',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
