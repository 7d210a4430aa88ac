#include "sim/tcp/state_words.h"

#include <array>
#include <cstddef>

namespace tcplab::tcp {

namespace {

/// In the order of kStates.
constexpr std::array<StateWords, kStates.size()> kStateWords{{
    {"监听",
     {"waits for a SYN from anyone", "等待任何一方的 SYN"},
     "LISTEN",
     "LISTEN",
     {"Where the program does not call accept() the queue fills, and the SYNs of further clients "
      "are dropped without a word.",
      "程序不调用 accept()，全连接队列会满，之后客户端的 SYN 被默默丢弃。"}},
    {"同步已发送",
     {"has sent a SYN and waits for the peer's", "已发送 SYN，等对方的 SYN"},
     "SYN-SENT",
     "SYN_SENT",
     {"Nobody answers: a firewall drops the SYN, the address is wrong, or the peer's queue is "
      "full. It ends with ETIMEDOUT.",
      "没有人回答：防火墙丢弃了 SYN，地址不对，或对方的队列已满。最后以 ETIMEDOUT 结束。"}},
    {"同步收到",
     {"has received and sent a SYN and waits for the ACK of its own",
      "SYN 已收到也已发送，等对方确认我的 SYN"},
     "SYN-RECV",
     "SYN_RECV",
     {"Many of them are a SYN flood, or the third segment does not come through.",
      "数量很多，说明遭到 SYN 洪泛，或第三个报文段没有到达。"}},
    {"已建立连接",
     {"both may send data", "双方都可以发送数据"},
     "ESTAB",
     "ESTABLISHED",
     {"The peer may have crashed without a word: nothing shows it until something is sent, or "
      "keep-alive asks.",
      "对方可能已经无声无息地崩溃：不发送数据，也没有保活探测，就看不出来。"}},
    {"终止等待 1",
     {"has sent a FIN and waits for its ACK, or for the peer's FIN",
      "我已发送 FIN，等它被确认，或等对方的 FIN"},
     "FIN-WAIT-1",
     "FIN_WAIT1",
     {"It lasts while octets before the FIN cannot leave, because the peer's window is closed, or "
      "while no ACK comes.",
      "FIN 之前的字节因对方窗口关闭而发不出去，或一直收不到确认，就会停在这里。"}},
    {"终止等待 2",
     {"its FIN is acknowledged; the peer may still send", "我的 FIN 已被确认；对方还可以发送数据"},
     "FIN-WAIT-2",
     "FIN_WAIT2",
     {"The peer's program does not call close(). After our own close() Linux gives up after 60 s; "
      "after shutdown() never.",
      "对方的程序没有调用 close()。本机调用的是 close()，Linux 等 60 s 后放弃；是 "
      "shutdown()，则一直等。"}},
    {"关闭等待",
     {"the peer has sent a FIN; waits for its own program to call close()",
      "对方已发送 FIN；等本机的应用进程调用 close()"},
     "CLOSE-WAIT",
     "CLOSE_WAIT",
     {"The own program has forgotten close(): no timer ends this, and the descriptors run out.",
      "本机的程序忘了调用 close()：没有计时器会结束它，描述符终将耗尽。"}},
    {"正在关闭",
     {"both FINs met on the way; waits for the ACK of its own",
      "双方的 FIN 在途中相遇；等对方确认我的 FIN"},
     "CLOSING",
     "CLOSING",
     {"It is rare and short. Where it stays, the ACK of the FIN is lost.",
      "很少见，也很短暂。停在这里，说明对 FIN 的确认丢失了。"}},
    {"最后确认",
     {"has sent its FIN second and waits for the ACK", "我后发送 FIN；等它被确认"},
     "LAST-ACK",
     "LAST_ACK",
     {"The ACK of the FIN does not come: the FIN is sent again until the retries are used up.",
      "等不到对 FIN 的确认：FIN 一再重发，直到次数用尽。"}},
    {"时间等待",
     {"waits 2 MSL, so that the last ACK can be sent again and old segments die",
      "等 2MSL，让最后的确认能重发，让旧报文段消失"},
     "TIME-WAIT",
     "TIME_WAIT",
     {"It is no error. But a server that is started again needs SO_REUSEADDR (“Address already in "
      "use”), and a busy client can run out of ports.",
      "这不是错误。但服务器重新启动时需要 SO_REUSEADDR（否则“Address already in "
      "use”），繁忙的客户端可能用完端口。"}},
    {"关闭",
     {"no TCB, no connection", "没有 TCB，没有连接"},
     "UNCONN",
     "CLOSE",
     {"Whatever arrives for it is answered with RST.", "到达的报文段都以 RST 回答。"}},
}};

}  // namespace

const StateWords& wordsOf(State state) {
    return kStateWords[static_cast<std::size_t>(state)];
}

}  // namespace tcplab::tcp
