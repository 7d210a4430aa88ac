#include "gui/desk.h"

#include "gui/document.h"
#include "gui/glossary.h"
#include "gui/wording.h"
#include "sim/base/check.h"
#include "sim/trace/question.h"

#include <algorithm>
#include <chrono>

namespace tcplab::gui {

namespace {

using namespace std::chrono_literals;
using net::CallKind;

constexpr auto kLate = 100ms;           ///< How much longer a delayed packet takes.
constexpr std::uint32_t kOctets = 100;  ///< Of one send().
constexpr std::uint32_t kCount = 4096;  ///< Of one recv().

net::Call callOf(CallKind kind) {
    net::Call call{.kind = kind};
    if (kind == CallKind::Send) call.octets = net::alphabet(kOctets);
    if (kind == CallKind::Recv) call.count = kCount;
    return call;
}

}  // namespace

Desk::Desk(Document& document) : QObject(&document), document_{document} {
    connect(&document, &Document::moved, this, &Desk::follow);
    connect(&document, &Document::opened, this, &Desk::changed);
}

void Desk::begin(const net::Scenario& scenario) {
    clear();
    futures_.emplace(scenario, Course{});
}

void Desk::clear() {
    futures_.reset();
    undone_.clear();
    given_.reset();
    forgetPlace();
}

void Desk::forgetPlace() {
    world_.reset();
    question_.reset();
    asked_ = false;
}

void Desk::follow() {
    forgetPlace();
    if (given_ && futures_ && given_->future != futures_->number()) given_.reset();
    if (futures_) Q_EMIT changed();
}

const net::World* Desk::world() const {
    if (!futures_) return nullptr;
    if (!world_) {
        Course course = futures_->current().course;
        course.steps = document_.moment();
        std::erase_if(course.forks, [&](const Fork& fork) { return fork.at >= *course.steps; });
        auto reached = worldAfter(futures_->current().scenario, course);
        TCPLAB_CHECK(reached.has_value());
        world_ = *std::move(reached);
    }
    return &*world_;
}

tcp::Silences Desk::silencesOf(Side side) const {
    if (world() == nullptr) return {};
    const net::Host& host = world()->hosts[side];
    // Nothing is new: what remains undone is what it waits for.
    return host.endpoint.explain(tcp::ConfigChanged{}, world()->now, host.config);
}

QString Desk::turnHere() const {
    if (!futures_) return {};
    const auto turns = turnsOf(futures_->current().course);
    const auto here = turns.find(document_.moment());
    return here == turns.end() ? QString() : nameOf(here->second);
}

std::optional<PacketId> Desk::packetOnTheWay() const {
    if (!futures_) return {};
    const auto numbers = onTheWay(futures_->current().trace, document_.moment());
    if (numbers.empty()) return {};
    const auto selected = document_.selected();
    const bool flies = selected && std::ranges::find(numbers, *selected) != numbers.end();
    return flies ? *selected : numbers.front();
}

bool Desk::canCall(Side side, CallKind kind) const {
    if (world() == nullptr) return false;
    using tcp::State;
    const State state = world()->hosts[side].endpoint.state();
    const bool fresh = state == State::Closed;
    if (!net::isOpen(*world(), net::Interject{side, callOf(kind)})) return false;
    switch (kind) {
        case CallKind::Listen: return fresh;
        case CallKind::Connect: return fresh || state == State::Listen;
        case CallKind::Accept: return world()->hosts[side].endpoint.tcb().passive;
        case CallKind::Send:
        case CallKind::Recv:
        case CallKind::Shutdown:
        case CallKind::Close:
        case CallKind::Abort: return !fresh;
        case CallKind::SetOption: return true;
    }
    TCPLAB_UNREACHABLE();
}

void Desk::show(Moment moment) {
    forgetPlace();
    const Trace& trace = futures_->current().trace;
    document_.showRun(trace, std::min(moment, trace.moments()));
}

void Desk::turn(const net::Choice& choice) {
    if (!futures_) return;
    const Moment at = document_.moment();
    if (const auto taken = futures_->turn(at, choice); !taken) {
        Q_EMIT refused(toQt(taken.error().what));
        return;
    }
    undone_.clear();
    show(at + 1);
}

void Desk::befall(net::Fault::Kind kind) {
    const auto packet = packetOnTheWay();
    if (!packet) {
        Q_EMIT refused(tr("No packet is on its way at this step."));
        return;
    }
    const bool late = kind == net::Fault::Kind::Delay;
    turn(net::Befall{.packet = *packet, .kind = kind, .extra = late ? kLate : Duration{}});
}

void Desk::call(Side side, CallKind kind) {
    if (canCall(side, kind)) turn(net::Interject{side, callOf(kind)});
}

void Desk::setOption(Side side, net::SocketOption option, std::int64_t value) {
    turn(net::Interject{side, {.kind = CallKind::SetOption, .option = option, .value = value}});
}

void Desk::replay(const net::Scenario& scenario, const QString& what) {
    if (!futures_) return;
    if (const auto taken = futures_->replay(scenario, what.toStdString()); !taken) {
        Q_EMIT refused(toQt(taken.error().what));
        return;
    }
    undone_.clear();
    show(document_.moment());
}

void Desk::chooseFuture(std::size_t number) {
    if (!futures_ || number == futures_->number() || number >= futures_->all().size()) return;
    futures_->choose(number);
    show(document_.moment());
}

std::optional<std::size_t> Desk::comparedWith() const {
    if (!futures_ || futures_->all().size() == 1) return {};
    if (futures_->number() != 0) return futures_->current().from;
    return futures_->all().size() - 1;
}

std::optional<RunDiff> Desk::differences() const {
    const auto other = comparedWith();
    if (!other) return {};
    return diff(futures_->current().trace, futures_->all()[*other].trace);
}

void Desk::branchOrBack() {
    if (canPlayAnswer()) return playAnswer();
    if (!futures_) return;
    const Moment left = futures_->current().left;
    if (futures_->number() != 0) {
        futures_->choose(futures_->current().from);
        return show(left);
    }
    if (const auto last = comparedWith()) {
        futures_->choose(*last);
        show(futures_->current().left + 1);
    }
}

void Desk::undo() {
    if (!canUndo()) return;
    auto last = futures_->forgetLast();
    const Moment left = last->left;
    undone_.push_back(*std::move(last));
    show(left);
}

void Desk::redo() {
    if (!canRedo()) return;
    futures_->recall(std::move(undone_.back()));
    undone_.pop_back();
    show(futures_->current().left + 1);
}

void Desk::setPredicts(bool predicts) {
    predicts_ = predicts;
    given_.reset();
    follow();
}

const net::Question* Desk::lessonQuestion() const {
    if (!futures_) return nullptr;
    const Futures::Future& future = futures_->current();
    const auto here =
        std::ranges::find_if(future.scenario.questions, [&](const net::Question& question) {
            return question.predict && askedAt(future.trace, question) == document_.moment();
        });
    return here == future.scenario.questions.end() ? nullptr : &*here;
}

const Prediction* Desk::question() const {
    if (!futures_ || (!predicts_ && lessonQuestion() == nullptr)) return nullptr;
    if (!asked_) {
        question_ = predict(futures_->current(), document_.moment());
        asked_ = true;
        // What has been answered is not asked again on the way to it.
        if (question_ && given_ && given_->at != document_.moment() &&
            given_->decisive == question_->outlooks[question_->right].moment)
            question_.reset();
    }
    return question_ ? &*question_ : nullptr;
}

std::optional<std::size_t> Desk::given() const {
    if (question() == nullptr || !given_ || given_->at != document_.moment()) return {};
    return given_->answer;
}

void Desk::answer(std::size_t number) {
    const Prediction* asked = question();
    if (asked == nullptr || number >= asked->outlooks.size()) return;
    given_ = Given{.future = futures_->number(),
                   .at = document_.moment(),
                   .decisive = asked->outlooks[asked->right].moment,
                   .answer = number};
    Q_EMIT changed();
}

bool Desk::canPlayAnswer() const {
    const auto chosen = given();
    return chosen && *chosen != question()->right;
}

void Desk::playAnswer() {
    if (!canPlayAnswer()) return;
    const net::Choice choice = *question()->outlooks[*given()].turn;
    turn(choice);
}

net::Scenario emptyScenario(std::string_view profile) {
    const std::string host = "profile = \"" + std::string{profile} + "\"\n";
    const std::string toml = R"(
        title = { en = "New run", zh_CN = "新的运行" }
        [notes]
        en = """
Two hosts, and no program yet. \
Call for them: listen and accept at the server, then connect at the client."""
        zh_CN = """
两台主机，还没有程序。\
请替它们调用：先在服务器调用 listen 和 accept，再在客户端调用 connect。"""
)" + ("[client]\n" + host + "[server]\n" + host);
    auto scenario = net::parseScenario(toml, "new-run");
    TCPLAB_CHECK(scenario.has_value());
    return *std::move(scenario);
}

}  // namespace tcplab::gui
