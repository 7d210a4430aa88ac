// The transfer of transfer_bench in ns-3: 1 Gbit/s and 5 ms between two nodes, segments of 1448
// octets, buffers of 4 MiB, and loss by chance on the way to the receiver.
//
//     ns3_transfer [--loss=0.001] [--megabytes=200]

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <ns3/applications-module.h>
#include <ns3/core-module.h>
#include <ns3/internet-module.h>
#include <ns3/network-module.h>
#include <ns3/point-to-point-module.h>

int main(int argc, char** argv) {
    using namespace ns3;
    double loss = 0;
    std::uint64_t megabytes = 200;
    CommandLine options;
    options.AddValue("loss", "how likely a packet is lost, 0 to 1", loss);
    options.AddValue("megabytes", "how much is sent", megabytes);
    options.Parse(argc, argv);

    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue{1448});
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue{4U << 20U});
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue{4U << 20U});

    NodeContainer nodes;
    nodes.Create(2);
    PointToPointHelper wire;
    wire.SetDeviceAttribute("DataRate", StringValue{"1Gbps"});
    wire.SetChannelAttribute("Delay", StringValue{"5ms"});
    const NetDeviceContainer devices = wire.Install(nodes);
    if (loss > 0) {
        const auto errors = CreateObject<RateErrorModel>();
        errors->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
        errors->SetRate(loss);
        devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue{errors});
    }
    InternetStackHelper{}.Install(nodes);
    Ipv4AddressHelper network{"10.0.0.0", "255.255.255.0"};
    const Ipv4InterfaceContainer addresses = network.Assign(devices);

    constexpr std::uint16_t kPort = 9;
    BulkSendHelper sender{"ns3::TcpSocketFactory",
                          InetSocketAddress{addresses.GetAddress(1), kPort}};
    sender.SetAttribute("MaxBytes", UintegerValue{megabytes * 1'000'000});
    sender.Install(nodes.Get(0)).Start(Seconds(0));
    PacketSinkHelper receiver{"ns3::TcpSocketFactory",
                              InetSocketAddress{Ipv4Address::GetAny(), kPort}};
    ApplicationContainer sinks = receiver.Install(nodes.Get(1));
    sinks.Start(Seconds(0));

    const std::clock_t began = std::clock();
    Simulator::Stop(Hours(1));
    Simulator::Run();
    const double took = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    const std::uint64_t received = DynamicCast<PacketSink>(sinks.Get(0))->GetTotalRx();
    std::printf("%-20s %8.3f s %7.0f MB/s  %llu events%s\n",
                "ns-3",
                took,
                static_cast<double>(received) / 1e6 / took,
                static_cast<unsigned long long>(Simulator::GetEventCount()),
                received == megabytes * 1'000'000 ? "" : "  NOT FINISHED");
    Simulator::Destroy();
}
