package dev.plantain.text;

import java.time.Duration;

/**
 * Everything that can be said to a person.
 *
 * <p>The name of a record is the key of its text: {@code CardQueued} is {@code card-queued} in the
 * bundles. Its components are the placeholders: {@code {count}}. A component named {@code count}
 * also chooses the plural form: {@code card-queued.one}, {@code card-queued.other}. Components are
 * {@code String}, {@code int}, {@code long} (in bytes when the name ends with {@code Bytes}),
 * {@code Duration} and {@code Instant}.
 *
 * <p>The beginning of the name tells how long the text may be: {@code Button…} 30 characters,
 * {@code Command…} (a line in a menu of commands) 100, {@code Alert…} 200, {@code Window…} and
 * {@code Question…} 45, all others 3,000. {@code Name…} is one word of 32 letters or digits, in
 * lower case.
 */
public sealed interface Message {

  // The commands.

  record DescribeImagine() implements Message {}

  record DescribeBatch() implements Message {}

  record DescribeEdit() implements Message {}

  record DescribeNew() implements Message {}

  record DescribeAspect() implements Message {}

  record DescribeResolution() implements Message {}

  record DescribeModel() implements Message {}

  record DescribeStyle() implements Message {}

  record DescribeImprove() implements Message {}

  record DescribeListen() implements Message {}

  record DescribeSpoiler() implements Message {}

  record DescribeButtons() implements Message {}

  record DescribeQuota() implements Message {}

  record DescribeUsage() implements Message {}

  record DescribeLimit() implements Message {}

  record DescribeGrant() implements Message {}

  record DescribeGive() implements Message {}

  record DescribeDonate() implements Message {}

  record DescribeHelp() implements Message {}

  record DescribeReference() implements Message {}

  record DescribeBan() implements Message {}

  record DescribeReport() implements Message {}

  record DescribeHide() implements Message {}

  record DescribeLog() implements Message {}

  record DescribeUnban() implements Message {}

  record DescribeAllow() implements Message {}

  record DescribeDeny() implements Message {}

  record DescribeAudit() implements Message {}

  record ReferenceWhat() implements Message {}

  record ReferencesGathered(int count) implements Message {}

  // What commands and their fields are called, where the platform has that in languages.

  record NameImagine() implements Message {}

  record NameBatch() implements Message {}

  record NameEdit() implements Message {}

  record NameNew() implements Message {}

  record NameAspect() implements Message {}

  record NameResolution() implements Message {}

  record NameModel() implements Message {}

  record NameStyle() implements Message {}

  record NameImprove() implements Message {}

  record NameHelp() implements Message {}

  record NameReference() implements Message {}

  record NameListen() implements Message {}

  record NameSpoiler() implements Message {}

  record NameButtons() implements Message {}

  record NameQuota() implements Message {}

  record NameUsage() implements Message {}

  record NameLimit() implements Message {}

  record NameGrant() implements Message {}

  record NameGive() implements Message {}

  record NameDonate() implements Message {}

  record NameBan() implements Message {}

  record NameReport() implements Message {}

  record NameHide() implements Message {}

  record NameLog() implements Message {}

  record NameUnban() implements Message {}

  record NameAllow() implements Message {}

  record NameDeny() implements Message {}

  record NameAudit() implements Message {}

  record NameWho() implements Message {}

  record NameWhat() implements Message {}

  record NameAmount() implements Message {}

  record NameTime() implements Message {}

  record NameDays() implements Message {}

  record NameBy() implements Message {}

  record NameWords() implements Message {}

  record NamePicture() implements Message {}

  record NameMorePictures(int number) implements Message {}

  record NameSize() implements Message {}

  record NameValue() implements Message {}

  record NameFor() implements Message {}

  record NameWhere() implements Message {}

  record NameCount() implements Message {}

  // Fields and menus, where the platform has them.

  record FieldWords() implements Message {}

  record FieldPicture() implements Message {}

  record FieldMorePictures() implements Message {}

  record FieldCount() implements Message {}

  record FieldFor() implements Message {}

  record FieldWhere() implements Message {}

  record FieldBanTime() implements Message {}

  record FieldBanReason() implements Message {}

  record FieldReport() implements Message {}

  record FieldLogWhere() implements Message {}

  record FieldAccessWhat() implements Message {}

  record FieldAccessValue() implements Message {}

  record FieldAuditWhat() implements Message {}

  record FieldWho() implements Message {}

  record FieldLimitWhat() implements Message {}

  record FieldAmount() implements Message {}

  record FieldDays() implements Message {}

  record FieldBy() implements Message {}

  record FieldCredits() implements Message {}

  record MenuEditImage() implements Message {}

  record MenuEditAvatar() implements Message {}

  record MenuUseAsReference() implements Message {}

  record MenuReport() implements Message {}

  record MenuHide() implements Message {}

  record QuestionChange() implements Message {}

  record QuestionRephrase() implements Message {}

  record WindowImagine() implements Message {}

  record WindowImprove() implements Message {}

  record WindowBatch() implements Message {}

  record WindowEdit() implements Message {}

  record QuestionPicture() implements Message {}

  record QuestionBatch() implements Message {}

  record QuestionPictures() implements Message {}

  record HelpDirect(String commands) implements Message {}

  record HelpGroup(String commands) implements Message {}

  record CommandUnknown(String command) implements Message {}

  // Styles: templates into which members put their words. {how} is what to write.

  record MenuStyles() implements Message {}

  record ButtonStyles() implements Message {}

  record FieldStyle() implements Message {}

  record StyleHow(String name, String description, String how) implements Message {}

  record StyleHowEdit(String name, String description, String how) implements Message {}

  record StyleUnknown(String asked, String styles) implements Message {}

  record StyleUnknownMeant(String asked, String how) implements Message {}

  record StyleMissing(String name, String missing, String how) implements Message {}

  record StyleTooMany(String name, int slots, int given, String how) implements Message {}

  record StyleNeedsPicture(String name, String how) implements Message {}

  // Better words, which are shown before anything is made.

  record ImproveWhat() implements Message {}

  record ImproveAsked() implements Message {}

  record ImproveOffered() implements Message {}

  record ImproveFailed() implements Message {}

  record ImproveRefused() implements Message {}

  record ImproveTooOften(int limit, Duration left) implements Message {}

  record ImproveTaken() implements Message {}

  record ImproveDropped() implements Message {}

  record ButtonMakeIt() implements Message {}

  record ButtonMyWords() implements Message {}

  record AlertImproveYours() implements Message {}

  record AlertMakingIt() implements Message {}

  record ConversationDropped() implements Message {}

  // Joining a group.

  record GreetingWithMentions(String name) implements Message {}

  record GreetingByCommand() implements Message {}

  record ContentWithheld() implements Message {}

  // What is asked of a member.

  record AskDirect() implements Message {}

  record AskGroup() implements Message {}

  record ImagineWhat() implements Message {}

  record ChangeWhat() implements Message {}

  // Why a request is not taken.

  record WordsTooLong(int length, int limit) implements Message {}

  record TooManyPictures(int given, String model, int limit) implements Message {}

  record NotAPicture() implements Message {}

  record PictureEmpty() implements Message {}

  record PictureDamaged() implements Message {}

  record PictureTooLarge(long megabytes) implements Message {}

  record PictureTooManyPixels(int width, int height, long megapixels) implements Message {}

  record PictureGone() implements Message {}

  record PictureNotFetched() implements Message {}

  record RatioUnknown(String asked, String model, String ratios) implements Message {}

  record RatioNotOffered(String model) implements Message {}

  record SizeUnknown(String asked, String model, String sizes) implements Message {}

  record SizeNotOffered(String model) implements Message {}

  record CountRefused(String asked, int limit) implements Message {}

  record ModelUnknown(String asked, String models) implements Message {}

  record QuotaOfBot(String limit) implements Message {}

  record QuotaOfCommunity(String limit) implements Message {}

  record QuotaOfChat(String limit) implements Message {}

  record QuotaOfEach(String limit) implements Message {}

  record QuotaOfRole(String limit) implements Message {}

  record QuotaOfMember(String limit) implements Message {}

  record QuotaDayCap() implements Message {}

  record QuotaMonthCap() implements Message {}

  record QuotaQuiet(String from, String to) implements Message {}

  record QuotaReturns(Duration left) implements Message {}

  record QuotaStays() implements Message {}

  record QuotaHelp() implements Message {}

  record QuotaTitle(String name) implements Message {}

  record QuotaNone() implements Message {}

  record QuotaLeft(String left, String limit) implements Message {}

  record QuotaBack(Duration left) implements Message {}

  record QuotaReplaced(String rule) implements Message {}

  record QuotaQuietNow(Duration left) implements Message {}

  record UsageOfCommunity(String days) implements Message {}

  record UsageOfMember(String name, String days) implements Message {}

  record UsageTotals(int count, String cost) implements Message {}

  record UsagePictures() implements Message {}

  record UsageCost() implements Message {}

  record UsageOthers(int count) implements Message {}

  record UsageNothing() implements Message {}

  record UsageUnclear(String asked) implements Message {}

  record UsageForModerators() implements Message {}

  record CreditsOwn(String amount) implements Message {}

  record CreditsPool(String amount) implements Message {}

  // Limits and credits.

  record ScopeBot() implements Message {}

  record ScopeCommunity() implements Message {}

  record ScopeChat() implements Message {}

  record ScopeOtherChat() implements Message {}

  record ScopeMembers() implements Message {}

  record ScopeRole(String name) implements Message {}

  record ScopeMember(String name) implements Message {}

  record LimitsTitle() implements Message {}

  record LimitsNone() implements Message {}

  record LimitHowTo() implements Message {}

  record LimitSet() implements Message {}

  record LimitRemoved() implements Message {}

  record LimitForWhom() implements Message {}

  record LimitHowMuch() implements Message {}

  record LimitTooLarge(String asked) implements Message {}

  record LimitNegative(String asked) implements Message {}

  record LimitFraction(String asked) implements Message {}

  record LimitTooSmall(String asked) implements Message {}

  record LimitUnclear(String asked) implements Message {}

  record LimitTooMany(int limit) implements Message {}

  record LimitOnlyPeopleUnlimited() implements Message {}

  record LimitExplainWhom() implements Message {}

  record LimitTryWhat() implements Message {}

  record LimitTried(
      String rule, String requests, String members, String refusedRequests, String refusedMembers)
      implements Message {}

  record TermsOpen(String reset, String zone, String pool) implements Message {}

  record TermsQuiet(String reset, String zone, String from, String to, String pool)
      implements Message {}

  record TermsZoneUnknown(String asked) implements Message {}

  record TermsResetUnclear(String asked) implements Message {}

  record TermsPoolUnclear() implements Message {}

  record TermsQuietUnclear(String asked) implements Message {}

  record MemberUnknown(String asked) implements Message {}

  record CreditsGranted(String name, String left) implements Message {}

  record CreditsMoved(String amount, String name, String left) implements Message {}

  record CreditsTooFew(String left) implements Message {}

  record CreditsToOneself() implements Message {}

  record CreditsHowMuch(String command) implements Message {}

  record CreditsToWhom(String command) implements Message {}

  record ModeratorsOnly() implements Message {}

  record ModeratorsDecideThis() implements Message {}

  record ChoiceUnknown(String asked, String choices) implements Message {}

  record NoModelOpen() implements Message {}

  record ModelClosed(String asked, String models) implements Message {}

  record SizeClosed(String asked, String model, String sizes) implements Message {}

  record ModelIsDenied() implements Message {}

  record SizeIsDenied(String size) implements Message {}

  record ChatIsDenied() implements Message {}

  record PersonIsDenied() implements Message {}

  record CommandIsDenied(String command) implements Message {}

  record WordsAreDenied() implements Message {}

  record ChangeIsDenied() implements Message {}

  record ShutOutUntil(Duration left) implements Message {}

  record ShutOutForGood() implements Message {}

  record ShutOutHelp() implements Message {}

  // Settings.

  record MenuAspect(String current, String model) implements Message {}

  record MenuResolution(String current, String model) implements Message {}

  record MenuModel(String current) implements Message {}

  record MenuForMember() implements Message {}

  record MenuForChat() implements Message {}

  record MenuForCommunity() implements Message {}

  record MenuForThisChat() implements Message {}

  record MenuForAllChats() implements Message {}

  record MenuListen(String current) implements Message {}

  record MenuSpoiler(String current) implements Message {}

  record MenuButtons(String current) implements Message {}

  record BanWhom() implements Message {}

  record BanRole(String role) implements Message {}

  record BanYourself() implements Message {}

  record BanModerator(String name) implements Message {}

  record BanDirect() implements Message {}

  record BanTimeUnknown(String asked) implements Message {}

  record BanTimeTooLong(Duration longest) implements Message {}

  record BanReasonTooLong(int length, int limit) implements Message {}

  record MemberBanned(String name) implements Message {}

  record MemberBannedFor(String name, Duration time) implements Message {}

  record MemberUnbanned(String name) implements Message {}

  record MemberNotBanned(String name) implements Message {}

  record BanIsOver() implements Message {}

  record UnbanWhom() implements Message {}

  record NobodyIsBanned() implements Message {}

  record BannedMembers(int count) implements Message {}

  record BannedFor(String name, Duration left) implements Message {}

  record BannedForGood(String name) implements Message {}

  record DenyHow() implements Message {}

  record AllowHow() implements Message {}

  record AccessThisChat() implements Message {}

  record AccessWhichRole() implements Message {}

  record AccessWhichMember() implements Message {}

  record AccessFull(int limit) implements Message {}

  record AccessChanged(String rule) implements Message {}

  record AccessUnchanged() implements Message {}

  record NothingIsDenied() implements Message {}

  record DeniedThings(int count) implements Message {}

  record ForbiddenWordsToo(int count) implements Message {}

  record NoForbiddenWords() implements Message {}

  record ForbiddenWords(int count) implements Message {}

  record WordIsEmpty() implements Message {}

  record WordIsTooLong(int length, int limit) implements Message {}

  record WordsAreFull(int limit) implements Message {}

  record DutyIsHere() implements Message {}

  record DutyIsNowhere() implements Message {}

  record DutyCode(String command, String code, Duration time) implements Message {}

  record DutyCodeUnknown(String command) implements Message {}

  record DutyNotYours() implements Message {}

  record ReportWhat() implements Message {}

  record ReportDirect() implements Message {}

  record ReportTaken() implements Message {}

  record ReportKnown() implements Message {}

  record ReportFlood(int limit) implements Message {}

  record ReportHideHow(int limit) implements Message {}

  record ReportsHide(int count) implements Message {}

  record ReportsNeverHide() implements Message {}

  record ReportedTimes(int count) implements Message {}

  record ReportedWho(String asker, String reporters) implements Message {}

  record ReportHiddenBy(String name) implements Message {}

  record ReportHiddenByRule() implements Message {}

  record ReportKeptBy(String name) implements Message {}

  record HideWhat() implements Message {}

  record PictureHidden() implements Message {}

  record PictureShown() implements Message {}

  record PictureIsHidden() implements Message {}

  record HiddenByModerators() implements Message {}

  record HiddenByReports() implements Message {}

  record LogDirect() implements Message {}

  record LogIsHere() implements Message {}

  record LogIsElsewhere() implements Message {}

  record LogIsOff() implements Message {}

  record LogDeed(String who, String deed) implements Message {}

  // Waiting for approval.

  record CardHeld(Duration left) implements Message {}

  record HeldExpired(Duration time) implements Message {}

  record HeldLeft() implements Message {}

  record HeldDenied() implements Message {}

  record HeldDeniedBecause(String reason) implements Message {}

  record HeldTooMany(int limit) implements Message {}

  record HeldTooManyHere(int limit) implements Message {}

  record HeldByButtons() implements Message {}

  record HeldStill() implements Message {}

  record HeldAsks(String name) implements Message {}

  record HeldOverQuota() implements Message {}

  record HeldSize(String size) implements Message {}

  record HeldNewcomer() implements Message {}

  record HeldWord() implements Message {}

  record HeldPrice() implements Message {}

  record HeldMorePictures(int count) implements Message {}

  record HeldWordsCut(int length) implements Message {}

  record HeldEnds(Duration time) implements Message {}

  record HeldWasApproved(String name) implements Message {}

  record HeldWasTrusted(String name) implements Message {}

  record HeldWasDenied(String name) implements Message {}

  record HeldWasNotAnswered() implements Message {}

  record HeldWasCancelled() implements Message {}

  record HeldHasEnded() implements Message {}

  record ButtonApprove() implements Message {}

  record ButtonDeny() implements Message {}

  record ButtonTrust() implements Message {}

  record AlertHeld() implements Message {}

  record AlertApproved() implements Message {}

  record AlertTrusted() implements Message {}

  record AlertDenied() implements Message {}

  record AlertHeldApprovedBy(String name) implements Message {}

  record AlertHeldDeniedBy(String name) implements Message {}

  record AlertHeldChanged() implements Message {}

  record AlertHeldTooLate() implements Message {}

  record AlertHeldCancelled() implements Message {}

  record AlertHeldEnded() implements Message {}

  // What waits for approval.

  record NameApprove() implements Message {}

  record DescribeApprove() implements Message {}

  record FieldApproveWhat() implements Message {}

  record FieldApproveValue() implements Message {}

  record ApproveDirect() implements Message {}

  record ApproveHow() implements Message {}

  record ApproveNone() implements Message {}

  record ApproveTitle() implements Message {}

  record ApproveOverQuota() implements Message {}

  record ApproveSize(String size) implements Message {}

  record ApproveNewcomers(Duration time) implements Message {}

  record ApproveWords(int count) implements Message {}

  record ApprovePrice(String price) implements Message {}

  record ApproveTime(Duration time) implements Message {}

  record ApproveTrusted(int count) implements Message {}

  record ApproveTrustedList(int count) implements Message {}

  record ApproveNobodyTrusted() implements Message {}

  record ApproveWaiting(int count) implements Message {}

  record ApproveThisChat() implements Message {}

  record ApproveOtherChat() implements Message {}

  record ApproveEachChat() implements Message {}

  record ApproveChanged() implements Message {}

  record ApproveTimeUnclear(String asked, Duration shortest, Duration longest) implements Message {}

  record ApprovePriceUnclear(String asked) implements Message {}

  record ApproveWordList(int count) implements Message {}

  record ApproveNoWords() implements Message {}

  record ApproveWordUnfit(int limit) implements Message {}

  record ApproveWordsFull(int limit) implements Message {}

  record ApproveTrustWhom() implements Message {}

  record ApproveTrustFull(int limit) implements Message {}

  record MemberTrusted(String name) implements Message {}

  record MemberNotTrusted(String name) implements Message {}

  record ButtonOverQuota() implements Message {}

  record ButtonNewcomers() implements Message {}

  record ButtonCardsHere() implements Message {}

  record AuditIsEmpty() implements Message {}

  record AuditTitle() implements Message {}

  record DescribeAntispam() implements Message {}

  record DescribeRefund() implements Message {}

  record NameRefund() implements Message {}

  record MenuRefund() implements Message {}

  record RefundWhat() implements Message {}

  record NothingToRefund() implements Message {}

  record Refunded() implements Message {}

  record DescribeForget() implements Message {}

  record NameForget() implements Message {}

  record ForgetWhat() implements Message {}

  record NothingToForget() implements Message {}

  record UploadsForgotten(int count) implements Message {}

  record DescribeSafety() implements Message {}

  record NameSafety() implements Message {}

  record MenuSafety(String current) implements Message {}

  record ButtonStrict() implements Message {}

  record ButtonRelaxed() implements Message {}

  record ButtonUsual() implements Message {}

  record NameAntispam() implements Message {}

  record NameMany() implements Message {}

  record FieldSpamWhat() implements Message {}

  record FieldSpamMany() implements Message {}

  record SpamNothing() implements Message {}

  record SpamTitle() implements Message {}

  record SpamFloods(String rule, Duration pause) implements Message {}

  record SpamRepeats(String rule, Duration pause) implements Message {}

  record SpamRefusals(String rule, Duration pause) implements Message {}

  record SpamNewcomers(String rule, Duration pause) implements Message {}

  record SpamUnclear() implements Message {}

  record SpamChanged() implements Message {}

  record SpamTold(Duration pause) implements Message {}

  record SpamToldNewcomer(Duration pause) implements Message {}

  record SpamReason(String rule) implements Message {}

  record ButtonSpamUsual() implements Message {}

  record ButtonSpamOff(String kind) implements Message {}

  record AuditDeed(Duration since, String who, String deed) implements Message {}

  record AuditExportEnds(int count) implements Message {}

  record AuditExportGoesOn(int count, int left) implements Message {}

  record ListeningIsDeaf() implements Message {}

  record SettingChanged(String value) implements Message {}

  record SettingChangedForChat(String value) implements Message {}

  record SettingChangedForCommunity(String value) implements Message {}

  // The card.

  record CardAccepted() implements Message {}

  record CardQueued(int count) implements Message {}

  record CardRendering() implements Message {}

  record CardRenderingFor(Duration elapsed) implements Message {}

  record CardRetries(Duration left) implements Message {}

  record CardCancelled() implements Message {}

  record CardCancelledBy(String name) implements Message {}

  record PictureLeftOut() implements Message {}

  // Batches.

  record BatchHow(int most) implements Message {}

  record BatchTooMany(int asked, int most) implements Message {}

  record BatchTooEarly() implements Message {}

  record BatchElsewhere() implements Message {}

  record BatchNeedsApproval() implements Message {}

  record BatchNoRoom(int fits) implements Message {}

  record BatchAtHalfPrice(int all) implements Message {}

  record BatchGoes(int all) implements Message {}

  record BatchProgress(int made, int failed, int left) implements Message {}

  record BatchDone(int made) implements Message {}

  record BatchDoneBut(int made, int failed) implements Message {}

  record BatchCancelled(int made, int all) implements Message {}

  record BatchItem(int number, int all) implements Message {}

  record ModelStoodIn(String busy, String other) implements Message {}

  record MadeBefore() implements Message {}

  record ModelReplaced(String gone, String successor) implements Message {}

  // Buttons, at most 30 characters.

  record ButtonShowEverybody() implements Message {}

  record ButtonCancel() implements Message {}

  record ButtonAgain() implements Message {}

  record ButtonTryAgain() implements Message {}

  record ButtonChange() implements Message {}

  record ButtonRephrase() implements Message {}

  record ButtonOriginal() implements Message {}

  record ButtonMore(int count) implements Message {}

  record ButtonAutomatic() implements Message {}

  record ButtonForEveryone() implements Message {}

  record ButtonForMe() implements Message {}

  record ButtonEverywhere() implements Message {}

  record ButtonUnban() implements Message {}

  record ButtonHidePicture() implements Message {}

  record ButtonKeepPicture() implements Message {}

  record ButtonBanDay() implements Message {}

  record ButtonOlder() implements Message {}

  record ButtonNewer() implements Message {}

  record ButtonNoLimit() implements Message {}

  record ButtonOn() implements Message {}

  record ButtonOff() implements Message {}

  record ButtonEveryone() implements Message {}

  record ButtonAsker() implements Message {}

  record ButtonPerDay() implements Message {}

  record ButtonByMember() implements Message {}

  record ButtonByModel() implements Message {}

  record ButtonDark() implements Message {}

  record ButtonLight() implements Message {}

  // Answers to presses, at most 200 characters.

  record AlertOutdated() implements Message {}

  record AlertNotYours() implements Message {}

  record AlertButtonsOfAsker() implements Message {}

  record AlertTooLate() implements Message {}

  record AlertCancelled() implements Message {}

  record AlertPictureHidden() implements Message {}

  record AlertPictureKept() implements Message {}

  record AlertStillWorking() implements Message {}

  record AlertAgain() implements Message {}

  record AlertOriginal() implements Message {}

  record AlertOriginalTooLarge(long originalBytes) implements Message {}

  record AlertReplyToChange() implements Message {}

  record AlertReplyToRephrase() implements Message {}

  // Refusals of the model.

  record RefusedRequest() implements Message {}

  record RefusedUnsafe() implements Message {}

  record RefusedProhibited() implements Message {}

  record RefusedCopyright() implements Message {}

  record RefusedPersonalData() implements Message {}

  record RefusedLanguage() implements Message {}

  record RefusedTooLong() implements Message {}

  record RefusedUnknown() implements Message {}

  record RefusedBeforehand() implements Message {}

  // Failures.

  record FailedOverloaded() implements Message {}

  record FailedDayExhausted() implements Message {}

  record FailedSetup() implements Message {}

  record FailedPicture() implements Message {}

  record FailedRequest() implements Message {}

  record FailedTimeout() implements Message {}

  record FailedConnection() implements Message {}

  record FailedNoPicture() implements Message {}

  record InterruptedTwice() implements Message {}

  record SomethingBroke() implements Message {}

  // Spans of time, as parts of other texts.

  /** A span that was rounded. */
  record About(String amount) implements Message {}

  record Seconds(int count) implements Message {}

  record Minutes(int count) implements Message {}

  record Hours(int count) implements Message {}

  record Days(int count) implements Message {}
}
