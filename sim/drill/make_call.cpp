#include "sim/drill/make_call.h"

#include "sim/drill/arguments.h"
#include "sim/drill/constants.h"

#include <algorithm>
#include <array>

namespace tcplab::drill {

namespace {

namespace call = host::call;
using host::Call;
using Kind = Expression::Kind;

const std::initializer_list<std::string_view> kReceiveFlags{
    "MSG_PEEK", "MSG_DONTWAIT", "MSG_WAITALL", "MSG_TRUNC", "MSG_OOB", "MSG_NOSIGNAL"};
const std::initializer_list<std::string_view> kSendFlags{
    "MSG_DONTWAIT", "MSG_MORE", "MSG_OOB", "MSG_EOR", "MSG_EOF", "MSG_NOSIGNAL"};

std::size_t sizeAt(Arguments& arguments, std::size_t index) {
    return static_cast<std::size_t>(std::max<std::int64_t>(arguments.number(index), 0));
}

Call makeSocket(Arguments& arguments) {
    arguments.expectCount(3, 3);
    call::Socket socket{.ipVersion = arguments.context().settings.ipVersion};
    const Expression& family = arguments.at(0);
    if (family.kind == Kind::Word && !Arguments::has(family, "AF_INET") &&
        !Arguments::has(family, "AF_INET6"))
        arguments.needs(family.text);
    const Expression& type = arguments.at(1);
    arguments.allow(type, {"SOCK_STREAM", "SOCK_DGRAM", "SOCK_NONBLOCK", "SOCK_CLOEXEC"});
    if (Arguments::has(type, "SOCK_DGRAM")) socket.type = call::Socket::Type::Datagram;
    socket.nonBlocking = Arguments::has(type, "SOCK_NONBLOCK");
    const Expression& protocol = arguments.at(2);
    if (protocol.kind == Kind::Word)
        arguments.allow(protocol, {"IPPROTO_TCP", "IPPROTO_UDP", "IPPROTO_IP"});
    return socket;
}

Call makeBind(Arguments& arguments) {
    arguments.expectCount(3, 3);
    const Settings& settings = arguments.context().settings;
    const wire::SocketAddress any{{.version = settings.ipVersion}, settings.bindPort};
    return call::Bind{arguments.descriptor(0), arguments.address(1).value_or(any)};
}

Call makeConnect(Arguments& arguments) {
    arguments.expectCount(3, 3);
    const Settings& settings = arguments.context().settings;
    const wire::SocketAddress peer{settings.remote, settings.connectPort};
    return call::Connect{arguments.descriptor(0), arguments.address(1).value_or(peer)};
}

Call makeAccept(Arguments& arguments) {
    arguments.expectCount(3, 4);
    call::Accept accept{arguments.descriptor(0)};
    if (arguments.count() == 4) {
        arguments.allow(arguments.at(3), {"SOCK_NONBLOCK", "SOCK_CLOEXEC"});
        accept.nonBlocking = Arguments::has(arguments.at(3), "SOCK_NONBLOCK");
    }
    return accept;
}

Call receive(Arguments& arguments, std::size_t count, const Expression* flags) {
    call::Receive receive{.fd = arguments.descriptor(0), .count = count};
    if (flags == nullptr) return receive;
    arguments.allow(*flags, kReceiveFlags);
    receive.peek = Arguments::has(*flags, "MSG_PEEK");
    receive.dontWait = Arguments::has(*flags, "MSG_DONTWAIT");
    receive.waitAll = Arguments::has(*flags, "MSG_WAITALL");
    receive.truncate = Arguments::has(*flags, "MSG_TRUNC");
    receive.outOfBand = Arguments::has(*flags, "MSG_OOB");
    if (receive.outOfBand) arguments.needs("recv(MSG_OOB)");
    return receive;
}

Call send(Arguments& arguments, Bytes octets, const Expression* flags) {
    call::Send send{.fd = arguments.descriptor(0), .octets = std::move(octets)};
    if (flags == nullptr) return send;
    if (Arguments::has(*flags, "MSG_ZEROCOPY")) arguments.needs("MSG_ZEROCOPY");
    if (Arguments::has(*flags, "MSG_FASTOPEN")) arguments.needs("TCP Fast Open");
    arguments.allow(*flags, kSendFlags);
    send.dontWait = Arguments::has(*flags, "MSG_DONTWAIT");
    send.more = Arguments::has(*flags, "MSG_MORE");
    send.outOfBand = Arguments::has(*flags, "MSG_OOB");
    send.endOfRecord = Arguments::has(*flags, "MSG_EOR");
    send.endOfFile = Arguments::has(*flags, "MSG_EOF");
    return send;
}

Call makeRead(Arguments& arguments) {
    arguments.expectCount(3, 3);
    return receive(arguments, sizeAt(arguments, 2), nullptr);
}

Call makeRecv(Arguments& arguments) {
    arguments.expectCount(4, 6);
    return receive(arguments, sizeAt(arguments, 2), &arguments.at(3));
}

Call makeReadv(Arguments& arguments) {
    arguments.expectCount(3, 3);
    return receive(arguments, arguments.vectorSize(arguments.at(1)), nullptr);
}

const Expression* messageVector(Arguments& arguments) {
    if (const Expression* control = Arguments::field(arguments.at(1), "msg_control"))
        for (const Expression& message : control->parts) {
            const Expression* type = Arguments::field(message, "cmsg_type");
            if (type == nullptr || type->text != "TCP_CM_INQ")
                arguments.needs("the control message " + (type == nullptr ? "" : type->text));
        }
    const Expression* vector = Arguments::field(arguments.at(1), "msg_iov");
    if (vector == nullptr)
        arguments.expected(arguments.at(1), "{msg_name(...)=..., msg_iov(1)=...}");
    return vector;
}

Call makeRecvmsg(Arguments& arguments) {
    arguments.expectCount(3, 3);
    const Expression* vector = messageVector(arguments);
    const std::size_t size = vector == nullptr ? 0 : arguments.vectorSize(*vector);
    return receive(arguments, size, &arguments.at(2));
}

Call makeWrite(Arguments& arguments) {
    arguments.expectCount(3, 3);
    return send(arguments, arguments.octets(arguments.at(1), sizeAt(arguments, 2)), nullptr);
}

Call makeSend(Arguments& arguments) {
    arguments.expectCount(4, 6);
    Call call =
        send(arguments, arguments.octets(arguments.at(1), sizeAt(arguments, 2)), &arguments.at(3));
    const Settings& settings = arguments.context().settings;
    if (arguments.count() > 4)
        std::get<call::Send>(call).to = arguments.address(4).value_or(
            wire::SocketAddress{settings.remote, settings.connectPort});
    return call;
}

Call makeWritev(Arguments& arguments) {
    arguments.expectCount(3, 3);
    const std::size_t size = arguments.vectorSize(arguments.at(1));
    return send(arguments, arguments.octets({}, size), nullptr);
}

Call makeSendmsg(Arguments& arguments) {
    arguments.expectCount(3, 3);
    const Expression* vector = messageVector(arguments);
    const std::size_t size = vector == nullptr ? 0 : arguments.vectorSize(*vector);
    return send(arguments, arguments.octets({}, size), &arguments.at(2));
}

Call makeShutdown(Arguments& arguments) {
    arguments.expectCount(2, 2);
    const auto how = arguments.number(1);
    return call::Shutdown{arguments.descriptor(0), how == 0 || how == 2, how == 1 || how == 2};
}

Call makeFcntl(Arguments& arguments) {
    arguments.expectCount(2, 3);
    const Expression& command = arguments.at(1);
    if (Arguments::has(command, "F_GETFL")) return call::GetFlags{arguments.descriptor(0)};
    if (!Arguments::has(command, "F_SETFL")) arguments.needs("fcntl(" + command.text + ")");
    return call::SetFlags{
        arguments.descriptor(0),
        (arguments.number(2) & nonBlockingFlag(arguments.context().profile)) != 0};
}

Call makeIoctl(Arguments& arguments) {
    arguments.expectCount(2, 3);
    const Expression& request = arguments.at(1);
    using Queue = call::QueueSize::Queue;
    call::QueueSize size{arguments.descriptor(0)};
    if (Arguments::has(request, "SIOCOUTQ") || Arguments::has(request, "FIONWRITE"))
        size.queue = Queue::Out;
    else if (Arguments::has(request, "SIOCOUTQNSD"))
        size.queue = Queue::OutUnsent;
    else if (!Arguments::has(request, "SIOCINQ") && !Arguments::has(request, "FIONREAD"))
        arguments.needs("ioctl(" + request.text + ")");
    return size;
}

call::Option optionAt(Arguments& arguments) {
    const Expression& name = arguments.at(2);
    if (const auto option = optionNamed(name.text)) return *option;
    arguments.needs(name.text.empty() ? "a socket option without a name" : name.text);
    return {};
}

Call makeGetsockopt(Arguments& arguments) {
    arguments.expectCount(5, 5);
    return call::GetOption{arguments.descriptor(0), optionAt(arguments)};
}

Call makeSetsockopt(Arguments& arguments) {
    arguments.expectCount(5, 5);
    call::SetOption set{arguments.descriptor(0), optionAt(arguments)};
    const Expression& value = arguments.at(3);
    const bool list = value.kind == Kind::List && value.parts.size() == 1;
    if (value.kind == Kind::Record) {
        const Expression* on = Arguments::field(value, "onoff");
        const Expression* seconds = Arguments::field(value, "linger");
        if (on == nullptr || seconds == nullptr)
            arguments.expected(value, "{onoff=N, linger=N}");
        else
            set.value = call::Linger{arguments.numberOf(*on) != 0,
                                     static_cast<int>(arguments.numberOf(*seconds))};
    } else if (list) {
        set.value = arguments.numberOf(value.parts[0]);
    } else if (set.option != call::Option::Ignored) {
        arguments.expected(value, "[VALUE]");
    }
    return set;
}

std::optional<Duration> milliseconds(std::int64_t timeout) {
    if (timeout < 0) return {};
    return Duration{std::chrono::milliseconds{timeout}};
}

Call makePoll(Arguments& arguments) {
    arguments.expectCount(3, 3);
    call::Poll poll{.timeout = milliseconds(arguments.number(2))};
    for (const Expression& record : arguments.at(0).parts) {
        const Expression* fd = Arguments::field(record, "fd");
        const Expression* events = Arguments::field(record, "events");
        if (fd == nullptr || events == nullptr) {
            arguments.expected(record, "{fd=N, events=NAMES, revents=NAMES}");
            break;
        }
        poll.fds.push_back({arguments.descriptorOf(*fd), arguments.readinessOf(*events)});
    }
    return poll;
}

Call makeEpollCreate(Arguments& arguments) {
    arguments.expectCount(1, 1);
    return call::EpollCreate{};
}

Call makeEpollControl(Arguments& arguments) {
    arguments.expectCount(4, 4);
    using Operation = call::EpollControl::Operation;
    call::EpollControl control{.epoll = arguments.descriptor(0)};
    const std::string& operation = arguments.at(1).text;
    if (operation == "EPOLL_CTL_MOD")
        control.operation = Operation::Modify;
    else if (operation == "EPOLL_CTL_DEL")
        control.operation = Operation::Delete;
    else if (operation != "EPOLL_CTL_ADD")
        arguments.expected(arguments.at(1), "EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL");
    control.fd = arguments.descriptor(2);
    const Expression& record = arguments.at(3);
    if (const Expression* events = Arguments::field(record, "events")) {
        control.interest.events = arguments.readinessOf(*events);
        control.interest.edge = Arguments::has(*events, "EPOLLET");
        control.interest.oneShot = Arguments::has(*events, "EPOLLONESHOT");
    }
    for (const std::string_view name : {"fd", "u32", "u64", "ptr"})
        if (const Expression* data = Arguments::field(record, name))
            control.interest.data = static_cast<std::uint64_t>(arguments.numberOf(*data));
    return control;
}

Call makeEpollWait(Arguments& arguments) {
    arguments.expectCount(4, 5);
    return call::EpollWait{
        arguments.descriptor(0), sizeAt(arguments, 2), milliseconds(arguments.number(3))};
}

Call makeName(Arguments& arguments, bool peer) {
    arguments.expectCount(3, 3);
    return call::SocketName{arguments.descriptor(0), peer};
}

struct Maker {
    std::string_view name;
    Call (*make)(Arguments&);
};
constexpr auto kMakers = std::to_array<Maker>({
    {"socket", makeSocket},
    {"bind", makeBind},
    {"listen",
     [](Arguments& a) -> Call {
         a.expectCount(2, 2);
         return call::Listen{a.descriptor(0), static_cast<int>(a.number(1))};
     }},
    {"accept", makeAccept},
    {"accept4", makeAccept},
    {"connect", makeConnect},
    {"read", makeRead},
    {"readv", makeReadv},
    {"recv", makeRecv},
    {"recvfrom", makeRecv},
    {"recvmsg", makeRecvmsg},
    {"write", makeWrite},
    {"writev", makeWritev},
    {"send", makeSend},
    {"sendto", makeSend},
    {"sendmsg", makeSendmsg},
    {"shutdown", makeShutdown},
    {"close", [](Arguments& a) -> Call { return call::Close{a.descriptor(0)}; }},
    {"dup", [](Arguments& a) -> Call { return call::Dup{a.descriptor(0)}; }},
    {"fcntl", makeFcntl},
    {"ioctl", makeIoctl},
    {"getsockopt", makeGetsockopt},
    {"setsockopt", makeSetsockopt},
    {"poll", makePoll},
    {"epoll_create", makeEpollCreate},
    {"epoll_create1", makeEpollCreate},
    {"epoll_ctl", makeEpollControl},
    {"epoll_wait", makeEpollWait},
    {"epoll_pwait", makeEpollWait},
    {"getsockname", [](Arguments& a) { return makeName(a, false); }},
    {"getpeername", [](Arguments& a) { return makeName(a, true); }},
});

}  // namespace

Expected<Call, NoCall> makeCall(const CallStatement& statement, const CallContext& context) {
    const auto* maker = std::ranges::find(kMakers, statement.name, &Maker::name);
    if (maker == kMakers.end())
        return Unexpected{NoCall{.needs = "the call " + statement.name + "()"}};
    Arguments arguments{statement, context};
    Call call = maker->make(arguments);
    if (arguments.failure()) return Unexpected{*arguments.failure()};
    return call;
}

}  // namespace tcplab::drill
