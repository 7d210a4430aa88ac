#include "sim/tcp/state_words.h"

#include <array>
#include <cstddef>

namespace tcplab::tcp {

namespace {

/// In the order of kStates.
constexpr std::array<StateWords, kStates.size()> kStateWords{{
    {"监听", {"waits for a SYN from anyone", "等待任何一方的 SYN"}},
    {"同步已发送", {"has sent a SYN and waits for the peer's", "已发送 SYN，等对方的 SYN"}},
    {"同步收到",
     {"has received and sent a SYN and waits for the ACK of its own",
      "SYN 已收到也已发送，等对方确认我的 SYN"}},
    {"已建立连接", {"both may send data", "双方都可以发送数据"}},
    {"终止等待 1",
     {"has sent a FIN and waits for its ACK, or for the peer's FIN",
      "我已发送 FIN，等它被确认，或等对方的 FIN"}},
    {"终止等待 2",
     {"its FIN is acknowledged; the peer may still send", "我的 FIN 已被确认；对方还可以发送数据"}},
    {"关闭等待",
     {"the peer has sent a FIN; waits for its own program to call close()",
      "对方已发送 FIN；等本机的应用进程调用 close()"}},
    {"正在关闭",
     {"both FINs met on the way; waits for the ACK of its own",
      "双方的 FIN 在途中相遇；等对方确认我的 FIN"}},
    {"最后确认", {"has sent its FIN second and waits for the ACK", "我后发送 FIN；等它被确认"}},
    {"时间等待",
     {"waits 2 MSL, so that the last ACK can be sent again and old segments die",
      "等 2MSL，让最后的确认能重发，让旧报文段消失"}},
    {"关闭", {"no TCB, no connection", "没有 TCB，没有连接"}},
}};

}  // namespace

const StateWords& wordsOf(State state) {
    return kStateWords[static_cast<std::size_t>(state)];
}

}  // namespace tcplab::tcp
