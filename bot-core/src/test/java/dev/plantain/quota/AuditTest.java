package dev.plantain.quota;

import static dev.plantain.quota.Till.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {
  @TempDir Path folder;
  private Till till;

  @BeforeEach
  void open() {
    till = new Till(folder);
    till.grant(ANN, Measure.PICTURES, 5);
    Request settled = till.request(ANN, 1, 40_000);
    till.reserve(settled);
    till.settle(settled, 1, 41_000);
    till.reserve(till.request(ANN, 1, 40_000));
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void booksThatNobodyTouchedAgree() {
    assertThat(audit()).isEqualTo(new AuditResult.Agrees(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUM|update spending set pictures = pictures + 1 where place = 'chat:70' and level = 60",
        "SUM|update spending_of_model set micro_dollars = 0 where place like 'member:%'",
        "SUM|update spending_of_model set pictures = pictures + 1 where level = 1440",
        "SUM|update spending set pictures = pictures + 1 where level = 60",
        "SUM|delete from spending_of_model where place = 'all' and level = 1",
        "SUM|delete from spending where place like 'community:%'",
        "CREDIT|update credit set pictures = pictures + 1",
        "CREDIT|delete from credit",
        "RESERVATION|delete from reservation",
        "RESERVATION|insert into reservation (request) values (1)",
        "RESERVATION|insert into reservation (request) values (77)",
        "ENDS|update ledger_entry set kind = 'released' where kind = 'reserved' and request = 1",
        "ENDS|insert into ledger_entry (at, accepted_at, kind, request, member_id, chat_id, community_id, platform, turn_id, model, size, purse, pictures, micro_dollars, rules) select at, accepted_at, 'released', request, member_id, chat_id, community_id, platform, turn_id, model, size, purse, 0, 0, '' from ledger_entry where kind = 'settled'",
        "ENDS|update ledger_entry set kind = 'refunded' where kind = 'settled'",
        "ENDS|update ledger_entry set accepted_at = accepted_at + 1 where kind = 'settled'",
      })
  void whatSomebodyTouchedIsFound(AuditResult.Kind kind, String change) {
    till.write(tx -> tx.update(change));
    assertThat(audit())
        .isInstanceOfSatisfying(
            AuditResult.Differs.class,
            differs ->
                assertThat(differs.differences())
                    .isNotEmpty()
                    .anySatisfy(difference -> assertThat(difference.kind()).isEqualTo(kind)));
  }

  @Test
  void aBookFullOfDifferencesIsToldInFew() {
    till.write(tx ->
        tx.update(
            """
            insert into reservation (request)
            with recursive numbers (n) as (select 100 union all select n + 1 from numbers where n < 999)
            select n from numbers
            """));
    assertThat(audit())
        .isInstanceOfSatisfying(
            AuditResult.Differs.class, differs -> assertThat(differs.differences()).hasSize(100));
  }

  private AuditResult audit() {
    return till.read(till.ledger::audit);
  }
}
