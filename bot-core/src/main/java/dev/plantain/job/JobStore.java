package dev.plantain.job;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table of jobs.
 *
 * <p>Fairness is by virtual time (start-time fair queueing): each job takes the next tick of its
 * tenant's own clock, which never lags behind the clock of its kind, and the lowest tick runs
 * first. A newcomer's first job takes the tick of the job that was started last, so that nobody's
 * tenth goes before it.
 */
public final class JobStore {
  private static final String COLUMNS =
      "id, key, kind, lane, tenant, payload, attempt, interruptions, fence, accepted_at";
  private static final String CLOCK = "";

  /** Returns the id of the job, or empty when its key is known already and nothing was done. */
  public Optional<Long> accept(Tx tx, NewJob job, Instant now) {
    if (tx.exists("select 1 from job where key = ?", job.key())) {
      return Optional.empty();
    }
    return Optional.of(
        tx.insert(
            """
            insert into job (key, kind, lane, tenant, payload, state, virtual_time, not_before, accepted_at)
            values (?, ?, ?, ?, ?, 'waiting', ?, ?, ?) returning id
            """,
            job.key(),
            job.kind(),
            job.lane(),
            job.tenant(),
            job.payload(),
            nextTick(tx, job.kind(), job.tenant()),
            job.notBefore(),
            now));
  }

  /**
   * Keeps a job that waits in a step from beginning it earlier.
   *
   * @return false when it does not wait in this step any more
   */
  public boolean postpone(Tx tx, String key, String kind, Instant notBefore) {
    return tx.update(
            "update job set not_before = ? where key = ? and kind = ? and state = 'waiting'",
            notBefore,
            key,
            kind)
        == 1;
  }

  /** Lets a job that waits begin its step now. */
  public void hasten(Tx tx, long id, Instant now) {
    tx.update(
        "update job set not_before = ? where id = ? and state = 'waiting' and not_before > ?",
        now,
        id,
        now);
  }

  /**
   * Takes the job out of whatever step and lane it is in and into others; who is running it can end
   * nothing any more.
   *
   * @return false when the job had ended
   */
  public boolean redirect(Tx tx, long id, String kind, String lane, Instant now) {
    Optional<String> tenant =
        tx.first(
            "select tenant from job where id = ? and state <> 'ended'",
            row -> row.text("tenant"),
            id);
    tenant.ifPresent(of ->
        tx.update(
            """
            update job set kind = ?, lane = ?, state = 'waiting', fence = fence + 1, virtual_time = ?,
              attempt = 0, interruptions = 0, not_before = ?, owner = null, lease_until = null,
              last_failure = null
            where id = ?
            """,
            kind,
            lane,
            nextTick(tx, kind, of),
            now,
            id));
    return tenant.isPresent();
  }

  /** Removes a job and its tenant's share of its kind, as if it had never been accepted. */
  public void forget(Tx tx, Job job) {
    tx.update("delete from job where id = ?", job.id());
    tx.update(
        """
        delete from job_share where kind = ? and tenant in (?, ?)
          and not exists (select 1 from job where kind = ? and state <> 'ended')
        """,
        job.kind(),
        job.tenant(),
        CLOCK,
        job.kind());
  }

  /** Takes the next job that is due and whose lane is free. */
  Optional<Job> claim(Tx tx, String kind, String owner, Instant now, Instant leaseUntil) {
    Optional<Job> claimed =
        tx.first(
            """
            update job set state = 'running', owner = ?, lease_until = ?, fence = fence + 1,
              attempt = attempt + 1
            where id = (
              select due.id from job due
              where due.kind = ? and due.state = 'waiting' and due.not_before <= ?
                and not exists (select 1 from job other
                  where other.lane = due.lane and other.state <> 'ended'
                    and (other.id < due.id or other.state = 'running'))
              order by due.virtual_time, due.id limit 1)
            """
                + " returning "
                + COLUMNS
                + ", virtual_time",
            row -> {
              advanceClock(tx, kind, row.number("virtual_time"));
              return job(row);
            },
            owner,
            leaseUntil,
            kind,
            now);
    return claimed;
  }

  /** Writes an ending. Returns false, having written nothing, when the job has changed hands. */
  boolean end(Tx tx, Job job, Ending ending) {
    boolean ours =
        switch (ending) {
          case Ending.Done done -> end(tx, job);
          case Ending.Next next -> next(tx, job, next);
          case Ending.Again again -> again(tx, job, again.notBefore(), again.reason(), 0);
          case Ending.Later later -> again(tx, job, later.notBefore(), later.reason(), 1);
        };
    if (ours) {
      ending.rows().accept(tx);
    }
    return ours;
  }

  private static boolean end(Tx tx, Job job) {
    return tx.update(
            """
            update job set state = 'ended', payload = '', owner = null, lease_until = null, last_failure = null
            where id = ? and fence = ? and state = 'running'
            """,
            job.id(),
            job.fence())
        == 1;
  }

  private boolean next(Tx tx, Job job, Ending.Next next) {
    return tx.update(
            """
            update job set kind = ?, lane = ?, payload = ?, state = 'waiting', virtual_time = ?,
              not_before = 0, attempt = 0, interruptions = 0, owner = null, lease_until = null,
              last_failure = null
            where id = ? and fence = ? and state = 'running'
            """,
            next.kind(),
            next.lane(),
            next.payload(),
            nextTick(tx, next.kind(), job.tenant()),
            job.id(),
            job.fence())
        == 1;
  }

  private static boolean again(
      Tx tx, Job job, Instant notBefore, String reason, int attemptsNotCounted) {
    return tx.update(
            """
            update job set state = 'waiting', not_before = ?, last_failure = ?, owner = null,
              lease_until = null, attempt = attempt - ?
            where id = ? and fence = ? and state = 'running'
            """,
            notBefore,
            reason,
            attemptsNotCounted,
            job.id(),
            job.fence())
        == 1;
  }

  /** Whether the job is still in the hands that claimed it. */
  public boolean holds(Reading reading, Job job) {
    return reading.exists(
        "select 1 from job where id = ? and fence = ? and state = 'running'",
        job.id(),
        job.fence());
  }

  /** Takes back what an earlier process of this data folder was running. Returns how many. */
  int reclaim(Tx tx, String owner) {
    return tx.update(
        """
        update job set state = 'waiting', interruptions = interruptions + 1, owner = null, lease_until = null
        where state = 'running' and owner <> ?
        """,
        owner);
  }

  /** Renews the leases of these jobs, and takes back all others whose lease is over. */
  void renew(Tx tx, List<Job> jobs, Instant now, Instant leaseUntil) {
    for (Job job : jobs) {
      tx.update(
          "update job set lease_until = ? where id = ? and fence = ? and state = 'running'",
          leaseUntil,
          job.id(),
          job.fence());
    }
    tx.update(
        """
        update job set state = 'waiting', interruptions = interruptions + 1, owner = null, lease_until = null
        where state = 'running' and lease_until < ?
        """,
        now);
  }

  List<String> kindsDue(Reading reading, Instant now) {
    return reading.list(
        "select distinct kind from job where state = 'waiting' and not_before <= ?",
        row -> row.text("kind"),
        now);
  }

  /** When the next waiting job of any kind becomes due, lanes apart. */
  Optional<Instant> nextDue(Reading reading, Instant after) {
    return reading
        .first(
            "select min(not_before) as due from job where state = 'waiting' and not_before > ?",
            row -> row.optionalNumber("due"),
            after)
        .flatMap(due -> due)
        .map(Instant::ofEpochMilli);
  }

  /** How many jobs of the same kind run before this one, or empty when it is not waiting. */
  public Optional<Integer> ahead(Reading reading, long id) {
    return reading.first(
        """
        select (select count(*) from job other
          where other.kind = mine.kind and other.state = 'waiting'
            and (other.virtual_time < mine.virtual_time
              or (other.virtual_time = mine.virtual_time and other.id < mine.id))) as ahead
        from job mine where mine.id = ? and mine.state = 'waiting'
        """,
        row -> row.integer("ahead"),
        id);
  }

  /** The kind of the step that a job is in or waits for, if it has not ended. */
  public Optional<String> step(Reading reading, long id) {
    return reading.first(
        "select kind from job where id = ? and state <> 'ended'", row -> row.text("kind"), id);
  }

  /** The lane of a job that has not ended. */
  public Optional<String> openLane(Reading reading, long id) {
    return reading.first(
        "select lane from job where id = ? and state <> 'ended'", row -> row.text("lane"), id);
  }

  /** What the jobs of a lane that have not ended their step of this kind carry. */
  public List<String> payloads(Reading reading, String kind, String lane) {
    return reading.list(
        "select payload from job where lane = ? and kind = ? and state <> 'ended'",
        row -> row.text("payload"),
        lane,
        kind);
  }

  private static long nextTick(Tx tx, String kind, String tenant) {
    long own = clock(tx, kind, tenant).map(last -> last + 1).orElse(0L);
    long tick = Math.max(own, clock(tx, kind, CLOCK).orElse(0L));
    setClock(tx, kind, tenant, tick);
    return tick;
  }

  private static void advanceClock(Tx tx, String kind, long tick) {
    if (tick > clock(tx, kind, CLOCK).orElse(-1L)) {
      setClock(tx, kind, CLOCK, tick);
    }
  }

  private static Optional<Long> clock(Reading reading, String kind, String tenant) {
    return reading.first(
        "select virtual_time from job_share where kind = ? and tenant = ?",
        row -> row.number("virtual_time"),
        kind,
        tenant);
  }

  private static void setClock(Tx tx, String kind, String tenant, long tick) {
    tx.update(
        """
        insert into job_share (kind, tenant, virtual_time) values (?, ?, ?)
        on conflict (kind, tenant) do update set virtual_time = excluded.virtual_time
        """,
        kind,
        tenant,
        tick);
  }

  private static Job job(Row row) {
    return new Job(
        row.number("id"),
        row.text("key"),
        row.text("kind"),
        row.text("lane"),
        row.text("tenant"),
        row.text("payload"),
        row.integer("attempt"),
        row.integer("interruptions"),
        row.number("fence"),
        row.instant("accepted_at"));
  }
}
