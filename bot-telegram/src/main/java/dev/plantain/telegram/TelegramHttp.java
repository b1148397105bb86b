package dev.plantain.telegram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.SocketFactory;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The HTTP client as Telegram needs it. */
final class TelegramHttp {
  private static final int REQUESTS_AT_ONCE = 64;

  private TelegramHttp() {}

  static OkHttpClient client() {
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(REQUESTS_AT_ONCE);
    dispatcher.setMaxRequestsPerHost(REQUESTS_AT_ONCE);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        // A repeated request would post a second message: the Bot API has no key against that.
        .retryOnConnectionFailure(false)
        // A redirect would carry the token, which is part of the path, to somebody else.
        .followRedirects(false)
        .connectTimeout(Duration.ofSeconds(10))
        // Longer than Telegram holds a request for updates.
        .readTimeout(Duration.ofSeconds(60))
        .writeTimeout(Duration.ofSeconds(120))
        .socketFactory(new Undelayed())
        .build();
  }

  /** Sets TCP_NODELAY, without which the end of an upload waits for an acknowledgement. */
  private static final class Undelayed extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return undelayed(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return undelayed(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return undelayed(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return undelayed(new Socket(host, port, local, localPort));
    }

    private static Socket undelayed(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return socket;
    }
  }
}
