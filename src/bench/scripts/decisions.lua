-- Sends the lines of a file, one after the other; each thread begins elsewhere.
local bodies = {}
function setup(thread)
  thread:set("from", math.random(#bodies))
end
function init()
  at = tonumber(from or 0)
  bodies = {}
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    bodies[#bodies + 1] = wrk.format("POST", nil, { ["Content-Type"] = "application/json" }, line)
  end
end
function request()
  at = at % #bodies + 1
  return bodies[at]
end
function done(summary, latency)
  io.write(string.format("p50 %.2f ms  p99 %.2f ms  not 2xx: %d\n",
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status))
end
