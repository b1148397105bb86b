package dev.plantain.chat;

import dev.plantain.job.Job;
import dev.plantain.job.JobStore;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.words.TextAnswer;
import dev.plantain.words.TextModel;
import dev.plantain.words.TextModel.Question;
import java.util.Optional;

/**
 * Asks a text model for the steps of jobs. What a call may cost is written down before it is made,
 * so that one that is cut off by whatever is owed all the same.
 */
final class TextCalls {
  private final TextModel model;
  private final Database database;
  private final JobStore jobs;
  private final Billing billing;

  /**
   * What was written down.
   *
   * @param call empty where nobody tells the price
   */
  private record Owed(Optional<Long> call) {}

  TextCalls(TextModel model, Stores stores, Billing billing) {
    this.model = model;
    this.database = stores.database();
    this.jobs = stores.jobs();
    this.billing = billing;
  }

  /**
   * Asks once, and blocks as {@link TextModel#answer} does. What it cost is written down when this
   * returns, whatever becomes of the step.
   *
   * @throws InterruptedException as there, or the job had changed hands, and nobody was asked
   */
  TextAnswer ask(Job job, Question question) throws InterruptedException {
    Optional<Owed> owed = database.write(tx -> owe(tx, job, question));
    if (owed.isEmpty()) {
      throw new InterruptedException("job " + job.id() + " has changed hands");
    }
    TextAnswer answer = model.answer(question);
    database.update(tx -> billing.learn(tx, job.id(), owed.get().call(), answer.paid()));
    return answer;
  }

  private Optional<Owed> owe(Tx tx, Job job, Question question) {
    return jobs.holds(tx, job)
        ? Optional.of(new Owed(billing.owe(tx, job.id(), model.perhaps(question))))
        : Optional.empty();
  }
}
