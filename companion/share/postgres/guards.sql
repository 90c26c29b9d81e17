-- The rules that PostgreSQL holds: who may read and write, numbers without holes, and forgetting. The tables' owner is
-- nobody's login for daily work and is never a member (row policies do not bind him, so that he can back up).
create function mutuals.role_of(of_space text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select role from mutuals.member where space = of_space and name = session_user
$$;

-- Whether a line is about somebody whom its device had not yet heard to be forgotten.
create function mutuals.is_dead(of_space text, of_device text, of_n bigint, about bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select about is not null and exists (
        select from mutuals.line f where f.space = of_space and f.whom = about and f.binds and not exists (
            select from mutuals.line h where h.space = of_space and h.whom = about and h.device = of_device
                and h.act = f.act and h.n < of_n))
$$;

-- How much one member wrote today against what one may; a notebook that is told for the first time is no flood, and an
-- owner may write what he likes. Returns whether the line counts.
create function mutuals.counts(place mutuals.device, my_role text, matter text, size integer) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    most mutuals.space%rowtype;
    written record;
begin
    if my_role = 'owner' or matter = 'forget' or (place.first and place.since > now() - interval '1 day') then
        return false;
    end if;
    select * into most from mutuals.space where id = place.space;
    select sum(lines) as lines, sum(bytes) as bytes into written from mutuals.device
        where space = place.space and member = place.member and day = current_date;
    if coalesce(written.lines, 0) >= most.most_lines or coalesce(written.bytes, 0) + size > most.most_bytes then
        raise exception 'enough for one day' using errcode = 'MU009';
    end if;
    return true;
end $$;

create function mutuals.check_device() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if mutuals.role_of(new.space) <> 'owner' and (select count(*) from mutuals.device d where d.space = new.space
        and d.member = session_user and d.since > now() - interval '1 day')
        >= (select most_devices from mutuals.space where id = new.space) then
        raise exception 'enough for one day' using errcode = 'MU009';
    end if;
    new.first := new.epoch = (select epoch from mutuals.space where id = new.space) and not exists (select
        from mutuals.device d where d.space = new.space and d.member = new.member and d.epoch = new.epoch);
    return new;
end $$;
create trigger check_device before insert on mutuals.device for each row execute function mutuals.check_device();

create function mutuals.check_line() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    my_role text := mutuals.role_of(new.space);
    place mutuals.device%rowtype;
    known bytea;
    counted integer;
begin
    if my_role is null then
        raise exception 'no member of this space' using errcode = 'MU001';
    end if;
    select * into place from mutuals.device where space = new.space and id = new.device for update;
    if place.member is distinct from session_user::text then
        raise exception 'another login''s device' using errcode = 'MU002';
    end if;
    if new.n <= place.top then
        select op into known from mutuals.line where space = new.space and device = new.device and n = new.n;
        if known = new.op then
            return null;
        end if;
        raise exception 'another line has this number' using errcode = 'MU004';
    elsif new.n <> place.top + 1 then
        raise exception 'a line is missing before this one' using errcode = 'MU003';
    end if;
    counted := mutuals.counts(place, my_role, new.matter, coalesce(octet_length(new.line), 0))::integer;
    new.author := session_user;
    new.stored := now();
    new.binds := false;
    if new.matter = 'forget' then
        new.binds := my_role = 'owner' or exists (select from mutuals.line
            where space = new.space and whom = new.whom and act = new.act and binds);
        if new.binds and not exists (select from mutuals.line
            where space = new.space and whom = new.whom and act = new.act and binds) then
            update mutuals.line l set line = null, person = null, other = null
                where l.space = new.space and (l.person = new.whom or l.other = new.whom)
                and not exists (select from mutuals.line h where h.space = l.space and h.whom = new.whom
                    and h.act = new.act and h.device = l.device and h.n < l.n);  -- a restored server may learn it late
            delete from mutuals.contact where space = new.space and person = new.whom;
        end if;
    elsif my_role = 'reader' and new.matter <> 'device' then
        raise exception 'a reader writes nothing' using errcode = 'MU005';
    elsif mutuals.is_dead(new.space, new.device, new.n, new.person)
        or mutuals.is_dead(new.space, new.device, new.n, new.other) then
        new.line := null;
        new.person := null;
        new.other := null;
    end if;
    update mutuals.device set top = new.n, chain = new.chain, day = current_date,
            lines = case when day = current_date then lines else 0 end + counted,
            bytes = case when day = current_date then bytes else 0 end + counted * coalesce(octet_length(new.line), 0)
        where space = new.space and id = new.device;
    return new;
end $$;
create trigger check_line before insert on mutuals.line for each row execute function mutuals.check_line();

create function mutuals.tell() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform pg_notify('mutuals', (select min(space) from added));
    return null;
end $$;
create trigger tell after insert on mutuals.line referencing new table as added
    for each statement execute function mutuals.tell();

-- Blanks what acts of forgetting demand and is not blank: a line that was being written when the act was, is.
create function mutuals.sweep(of_space text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    blanked bigint;
begin
    if mutuals.role_of(of_space) is null then
        raise exception 'no member of this space' using errcode = 'MU001';
    end if;
    update mutuals.line l set line = null, person = null, other = null
        where l.space = of_space and (l.person in (select whom from mutuals.line where space = of_space and binds)
            or l.other in (select whom from mutuals.line where space = of_space and binds))
        and (mutuals.is_dead(l.space, l.device, l.n, l.person) or mutuals.is_dead(l.space, l.device, l.n, l.other));
    get diagnostics blanked = row_count;
    return blanked;
end $$;

create function mutuals.may_belong(login text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    known pg_roles%rowtype;
begin
    select * into known from pg_roles where rolname = login;
    if known.rolname is null then
        raise exception 'no such login' using errcode = 'MU006';
    elsif known.rolsuper or known.rolbypassrls
        or known.oid = (select nspowner from pg_namespace where nspname = 'mutuals') then
        raise exception 'no row policy binds this login' using errcode = 'MU007';
    end if;
end $$;

create function mutuals.admit(of_space text, login text, as_role text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if mutuals.role_of(of_space) is distinct from 'owner' and session_user <> current_user then
        raise exception 'only an owner admits' using errcode = 'MU005';
    end if;
    perform mutuals.may_belong(login);
    if as_role <> 'owner' then
        perform mutuals.keep_an_owner(of_space, login);
    end if;
    insert into mutuals.member (space, name, role) values (of_space, login, as_role)
        on conflict (space, name) do update set role = excluded.role;
    execute format('grant usage on schema mutuals to %I', login);
    execute format('grant select on mutuals.space, mutuals.member, mutuals.device, mutuals.line to %I', login);
    execute format('grant insert (space, id, epoch) on mutuals.device to %I', login);
    execute format('grant insert (space, device, n, op, chain, matter, person, other, whom, act, line)
        on mutuals.line to %I', login);
    execute format('grant select, insert, delete, update (n, body) on mutuals.contact to %I', login);
end $$;

create function mutuals.dismiss(of_space text, login text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if mutuals.role_of(of_space) is distinct from 'owner' and session_user <> current_user then
        raise exception 'only an owner dismisses' using errcode = 'MU005';
    end if;
    perform mutuals.keep_an_owner(of_space, login);
    delete from mutuals.contact c using mutuals.device d
        where c.space = of_space and d.space = c.space and d.id = c.device and d.member = login;
    delete from mutuals.member where space = of_space and name = login;
    if not found then
        raise exception 'no such member' using errcode = 'MU006';
    end if;
    if exists (select from pg_roles where rolname = login) then
        execute format('revoke all on all tables in schema mutuals from %I', login);
        execute format('revoke usage on schema mutuals from %I', login);
    end if;
end $$;

create function mutuals.keep_an_owner(of_space text, login text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from mutuals.member where space = of_space and name = login and role = 'owner')
        and not exists (select from mutuals.member where space = of_space and name <> login and role = 'owner') then
        raise exception 'the last owner stays' using errcode = 'MU008';
    end if;
end $$;

-- The first owner who joins chooses the passphrase; an owner who knows the present one (its proof) may change it.
create function mutuals.seal(of_space text, with_cost integer, with_salt bytea, with_proof bytea, with_older bytea,
    known bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if mutuals.role_of(of_space) is distinct from 'owner' then
        raise exception 'only an owner chooses the passphrase' using errcode = 'MU005';
    end if;
    update mutuals.space set cost = with_cost, salt = with_salt, proof = with_proof, older = with_older
        where id = of_space and proof is not distinct from known;
    if not found then
        raise exception 'the passphrase is another one by now' using errcode = 'MU004';
    end if;
    perform pg_notify('mutuals', of_space);
end $$;

-- After server and machines came back from old copies: every device gives way to a new one that tells everything.
create function mutuals.begin_epoch(of_space text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if mutuals.role_of(of_space) is distinct from 'owner' then
        raise exception 'only an owner repairs' using errcode = 'MU005';
    end if;
    update mutuals.space set epoch = epoch + 1 where id = of_space;
    perform pg_notify('mutuals', of_space);
end $$;

revoke all on all functions in schema mutuals from public;
grant execute on function mutuals.role_of, mutuals.is_dead, mutuals.sweep, mutuals.admit, mutuals.dismiss, mutuals.seal,
    mutuals.begin_epoch to public;

alter table mutuals.space enable row level security;
alter table mutuals.member enable row level security;
alter table mutuals.device enable row level security;
alter table mutuals.line enable row level security;
create policy members on mutuals.space for select using (mutuals.role_of(id) is not null);
create policy members on mutuals.member for select using (mutuals.role_of(space) is not null);
create policy members on mutuals.device for select using (mutuals.role_of(space) is not null);
create policy own on mutuals.device for insert
    with check (mutuals.role_of(space) is not null and member = session_user);
create policy members on mutuals.line for select using (mutuals.role_of(space) is not null);
create policy own on mutuals.line for insert with check (mutuals.role_of(space) is not null and author = session_user);

-- Contact rows are replaced by their own device; a reader tells none.
alter table mutuals.contact enable row level security;
create policy members on mutuals.contact for select using (mutuals.role_of(space) is not null);
create policy own on mutuals.contact for all
    using (exists (select from mutuals.device d where d.space = contact.space and d.id = contact.device
        and d.member = session_user))
    with check (mutuals.role_of(space) in ('owner', 'member') and exists (select from mutuals.device d
        where d.space = contact.space and d.id = contact.device and d.member = session_user));
