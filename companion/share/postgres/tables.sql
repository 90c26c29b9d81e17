-- The tables of a shared notebook in PostgreSQL. One database holds one space; a line's content is sealed, so that the
-- server sees who wrote when, how much, and which lines concern the same unnamed person.
create schema mutuals;

create table mutuals.space (
    id text collate "C" primary key check (id ~ '^[0-9a-f]{16}$'),
    version integer not null,          -- what these tables look like; an older companion is told to update
    epoch integer not null default 1,  -- grows when an owner has everybody tell everything anew (share repair)
    guarded boolean not null,          -- whether triggers and row policies hold the rules (guards.sql)
    cost integer,                      -- how the passphrase gives the key; null until the first owner joined
    salt bytea,
    proof bytea,                       -- a known text sealed with the key: another passphrase is refused at once
    older bytea,                       -- the keys of earlier passphrases, sealed with the present one
    most_lines integer not null default 100000,    -- what one member may write in a day (guards.sql counts it), but for
    most_bytes bigint not null default 134217728,  -- the first day of their first device: it may tell a big notebook
    most_devices integer not null default 50       -- and how many new devices of theirs there may be in a day
);

create table mutuals.member (
    space text collate "C" not null references mutuals.space,
    name text collate "C" not null,    -- the login
    role text not null check (role in ('owner', 'member', 'reader')),
    primary key (space, name)
);

create table mutuals.device (
    space text collate "C" not null references mutuals.space,
    id text collate "C" not null check (id ~ '^[0-9a-f]{16}$'),
    member text collate "C" not null default session_user,
    epoch integer not null default 1,  -- that in which it took its place
    top bigint not null default 0,     -- number of its last line
    chain bytea not null default '',   -- what follows from all its lines so far, in their order
    since timestamptz not null default now(),
    first boolean not null default false,  -- whether its member had no other before it in this epoch
    day date not null default current_date,
    lines integer not null default 0,  -- what it wrote on that day, as far as that is limited
    bytes bigint not null default 0,
    primary key (space, id)
);

create table mutuals.line (
    space text collate "C" not null,
    device text collate "C" not null,
    n bigint not null,                 -- 1, 2, 3, ... on each device: key and cursor
    op bytea not null,                 -- keyed hashes from here on: of the operation,
    chain bytea not null,              -- of this device's operations up to this one,
    matter text not null check (matter in ('device', 'forget', 'other')),
    person bytea,                      -- of whom it is about; null once forgotten,
    other bytea,                       -- of a second key of theirs,
    whom bytea,                        -- of whom an act of forgetting concerns,
    act bytea,                         -- and of the act
    binds boolean not null default false,  -- whether the act is an owner's; else its device only says that it heard
    author text collate "C" not null default session_user,
    stored timestamptz not null default now(),
    line bytea check (octet_length(line) <= 262144),  -- sealed; null once forgotten
    primary key (space, device, n)
);

create index line_person on mutuals.line (space, person) where person is not null;
create index line_other on mutuals.line (space, other) where other is not null;
create index line_whom on mutuals.line (space, whom, device) where whom is not null;

create table mutuals.contact (
    space text collate "C" not null,
    device text collate "C" not null,
    person bytea not null,             -- of whom it is about; the row goes when they are forgotten
    n bigint not null,                 -- grows with each change on a device
    body bytea not null check (octet_length(body) <= 4096),  -- sealed: the last days on which each side wrote
    primary key (space, device, person),
    foreign key (space, device) references mutuals.device
);
create index contact_n on mutuals.contact (space, device, n);
