package dev.plantain.image.gemini;

import okhttp3.Request;

/** A program on a machine that has an account by itself; prints what proves who it is. */
public final class MachineAccountReader {
  private MachineAccountReader() {}

  public static void main(String[] arguments) throws Exception {
    GoogleAccount account = new GoogleAccount();
    for (int call = 0; call < 2; call++) {
      Request.Builder request = new Request.Builder().url("http://vertex.example/");
      account.authorize(request);
      System.out.println(request.build().header("Authorization"));
    }
  }
}
