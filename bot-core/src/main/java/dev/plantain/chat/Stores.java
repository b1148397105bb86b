package dev.plantain.chat;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Roster;
import dev.plantain.job.JobStore;
import dev.plantain.storage.Database;

/** The database, and the tables in it that the path of a request reads and writes. */
record Stores(
    Database database,
    Roster roster,
    ConversationStore conversations,
    CardStore cards,
    JobStore jobs) {}
