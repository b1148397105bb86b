package dev.plantain.image.wire;

import okhttp3.Call;
import okhttp3.EventListener;

/** How far a call came, which decides whether it may have been billed. */
final class CallProgress extends EventListener {
  private volatile boolean requestBegun;
  private volatile boolean requestSent;

  @Override
  public void requestHeadersStart(Call call) {
    requestBegun = true;
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    requestSent = true;
  }

  boolean requestBegun() {
    return requestBegun;
  }

  boolean requestSent() {
    return requestSent;
  }
}
