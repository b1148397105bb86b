package dev.plantain.moderation;

/** All that moderators decide about people and chats, and the screening that holds to it. */
public final class ModerationRules {
  private final Bans bans = new Bans();
  private final AccessRules access = new AccessRules();
  private final WordRules words = new WordRules();
  private final DutyChats duties = new DutyChats();
  private final Reports reports = new Reports();
  private final Screening screening = new Screening(bans, access, words);

  public Bans bans() {
    return bans;
  }

  public AccessRules access() {
    return access;
  }

  public WordRules words() {
    return words;
  }

  public DutyChats duties() {
    return duties;
  }

  public Reports reports() {
    return reports;
  }

  public Screening screening() {
    return screening;
  }
}
