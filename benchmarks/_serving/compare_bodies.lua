-- For wrk: counts the answers, and those whose body is not the file that EXPECTED names.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(_)
  local file = assert(io.open(os.getenv("EXPECTED"), "rb"))
  expected = file:read("*a")
  file:close()
  answers, wrong = 0, 0
end

function response(status, _, body)
  answers = answers + 1
  if status ~= 200 or body ~= expected then
    wrong = wrong + 1
  end
end

function done()
  local all, bad = 0, 0
  for _, thread in ipairs(threads) do
    all, bad = all + thread:get("answers"), bad + thread:get("wrong")
  end
  print("compared " .. all .. " wrong " .. bad)
end
