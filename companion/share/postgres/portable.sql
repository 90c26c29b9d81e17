-- For distributed PostgreSQL, which lacks triggers, NOTIFY or row policies: plain grants, and the companions themselves
-- keep numbers, roles and forgetting. A member who uses another program can break these rules; content stays sealed.
grant usage on schema mutuals to {login};
grant select on mutuals.space, mutuals.member to {login};
grant update (cost, salt, proof, older, epoch) on mutuals.space to {login};
grant select, insert (space, id, epoch), update (top, chain) on mutuals.device to {login};
grant select, insert (space, device, n, op, chain, matter, person, other, whom, act, binds, line),
    update (line, person, other) on mutuals.line to {login};
grant select, insert, delete, update (n, body) on mutuals.contact to {login};
