-- Publishes what has not been published, in order, and writes down how far it came.
-- KEYS: the fence. ARGV: nonce, the pair that the batch follows, then pair, channel and payload of each event, pairs rising.
local function error_in(reply)
  return type(reply) == 'table' and reply.err or nil
end

local function is_above(a, b)
  local a_epoch, a_sequence = string.match(a, '^(%d+) (%d+)$')
  local b_epoch, b_sequence = string.match(b, '^(%d+) (%d+)$')
  a_epoch, b_epoch = tonumber(a_epoch), tonumber(b_epoch)
  if a_epoch ~= b_epoch then return a_epoch > b_epoch end
  return tonumber(a_sequence) > tonumber(b_sequence)
end

local facts = redis.pcall('HMGET', KEYS[1], 'owner', 'last')
if error_in(facts) then return {'REFUSED', error_in(facts)} end
local owner, last = facts[1], facts[2]
if not owner then return {'UNCLAIMED'} end
if string.match(owner, ' (%x+)$') ~= ARGV[1] then return {'FENCED', owner} end
if is_above(ARGV[2], last or '0 0') then return {'GAP', last or ''} end
local first = 3
while first < #ARGV and not is_above(ARGV[first], last or '0 0') do first = first + 3 end
local reply = {'DONE', (first - 3) / 3, ''}
if first > #ARGV then return reply end
-- First: once this is written, no later write of the script is refused for want of memory.
local written = redis.pcall('HSET', KEYS[1], 'last', ARGV[#ARGV - 2])
if error_in(written) then return {'REFUSED', error_in(written)} end
for i = first, #ARGV, 3 do
  local receivers = redis.pcall('PUBLISH', ARGV[i + 1], ARGV[i + 2])
  if error_in(receivers) then
    local success = i > first and ARGV[i - 3] or last
    if success then
      redis.call('HSET', KEYS[1], 'last', success)
    else
      redis.call('HDEL', KEYS[1], 'last')
    end
    reply[1], reply[3] = 'FAILED', error_in(receivers)
    return reply
  end
  reply[#reply + 1] = receivers
end
return reply
