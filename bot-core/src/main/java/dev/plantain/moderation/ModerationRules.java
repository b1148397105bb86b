package dev.plantain.moderation;

/** All that moderators decide about people and chats, and the screening that holds to it. */
public final class ModerationRules {
  private final Bans bans = new Bans();
  private final AccessRules access = new AccessRules();
  private final WordRules words = new WordRules("word_rule");
  private final WordRules heldWords = new WordRules("held_word");
  private final ApprovalRules approval = new ApprovalRules(heldWords);
  private final DutyChats duties = new DutyChats();
  private final Reports reports = new Reports();
  private final SpamRules spam = new SpamRules();
  private final Screening screening = new Screening(bans, access, words);

  public Bans bans() {
    return bans;
  }

  public AccessRules access() {
    return access;
  }

  /** Words that no request may hold. */
  public WordRules words() {
    return words;
  }

  /** Words that make a request wait for approval. */
  public WordRules heldWords() {
    return heldWords;
  }

  public ApprovalRules approval() {
    return approval;
  }

  public DutyChats duties() {
    return duties;
  }

  public Reports reports() {
    return reports;
  }

  public SpamRules spam() {
    return spam;
  }

  public Screening screening() {
    return screening;
  }
}
