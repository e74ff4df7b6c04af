-- Takes the fence for a start of its directory; leaves `last` alone and returns it.
-- KEYS: the fence. ARGV: epoch, nonce, then the nonces that earlier starts of the directory have claimed with.
local function error_in(reply)
  return type(reply) == 'table' and reply.err or nil
end

local facts = redis.pcall('HMGET', KEYS[1], 'owner', 'last')
if error_in(facts) then return {'REFUSED', error_in(facts)} end
local owner, last = facts[1], facts[2]
local nonce
if owner then
  local epoch
  epoch, nonce = string.match(owner, '^(%d+) (%x+)$')
  if nonce ~= ARGV[2] then
    local is_known = false
    for i = 3, #ARGV do
      if ARGV[i] == nonce then is_known = true end
    end
    if not is_known or tonumber(epoch) >= tonumber(ARGV[1]) then return {'FENCED', owner} end
  end
end
if nonce ~= ARGV[2] then
  local written = redis.pcall('HSET', KEYS[1], 'owner', ARGV[1] .. ' ' .. ARGV[2])
  if error_in(written) then return {'REFUSED', error_in(written)} end
end
return {'CLAIMED', owner or '', last or ''}
